# Completion of expograph for bash. No name and no word of the line is ever evaluated here.
_expograph() {
    local rest=${COMP_LINE:0:COMP_POINT} gap piece='' target='' current typed head out value before files='' path at=''
    local IFS=$' \t\n'
    local -i i last=-1
    local -a words=()
    COMPREPLY=()

    # Bash splits words also at = : @ < and >: what has no blank before it belongs to the word before.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        gap=${rest%%[![:space:]]*}
        rest=${rest#"$gap"}
        piece=${COMP_WORDS[i]}
        # The word at the cursor ends there.
        ((i < COMP_CWORD)) || piece=$rest
        rest=${rest#"$piece"}
        if [[ $piece == [\<\>]* ]]; then
            # The number of a redirection is no word: 2> errors.txt
            [[ -n $gap || ${words[last]-} == *[!0-9]* ]] || unset "words[$((last--))]"
            target=next
        elif [[ $target == next ]]; then
            target=begun
        elif [[ -n $target && -z $gap ]]; then
            :
        elif ((last >= 0)) && [[ -z $gap ]]; then
            words[last]+=$piece
            target=''
        else
            words[++last]=$piece
            target=''
        fi
    done
    # The file of a redirection is for bash to complete.
    [[ -z $target ]] || return 0

    current=${words[last]}
    # Worked questions and the like need no quotes, so they can be compared without them.
    typed=${current//[\"\'\\]/}
    # Bash replaces only what stands behind the last = : or @.
    [[ $piece != [=:@]* ]] || piece=''
    head=${current%"$piece"}

    out=$(expograph complete -- "${words[@]:1}" 2>/dev/null </dev/null) || out=''
    while IFS=$'\t' read -r value before; do
        case $value in
            '') ;;
            :files)
                files=yes path=${typed#"$before"}
                # Of @variables.json, bash would take the @ for the beginning of a host's name.
                [[ $before != *@ ]] || at=@
                ;;
            "$typed"*) COMPREPLY+=("${value#"$head"}") ;;
        esac
    done <<<"$out"

    if [[ -z $files ]]; then
        compopt +o default 2>/dev/null
        return 0
    fi
    if [[ -n $at ]] || ((${#COMPREPLY[@]} > 0)); then
        # Now bash would leave out files; it quotes those that it is given as such.
        compopt -o filenames ${at:+-o nospace} 2>/dev/null
        while IFS= read -r value; do
            [[ -z $at || ! -d $value ]] || value+=/
            COMPREPLY+=("$at$value")
        done < <(compgen -f -- "$path")
    fi
    return 0
}

# Where there is nothing to suggest, bash completes files by itself, with its own quoting.
complete -o bashdefault -o default -F _expograph expograph
