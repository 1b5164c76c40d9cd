# Completion of expograph for fish.
function __expograph_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l typed (string replace --all --regex '["\'\\\\]' '' -- "$current")
    for line in (expograph complete -- $words[2..-1] "$typed" 2>/dev/null </dev/null)
        set -l parts (string split --max 1 \t -- $line)
        if test "$parts[1]" = :files
            # Of a command that it does not know, fish completes files; it quotes what it inserts.
            set -l path (string sub --start (math (string length -- "$parts[2]") + 1) -- "$current")
            for found in (complete --do-complete "'' $path")
                echo -- $parts[2]$found
            end
        else
            echo -- $line
        end
    end
end

complete --command expograph --erase
complete --command expograph --no-files --arguments '(__expograph_complete)'
