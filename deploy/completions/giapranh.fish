# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_giapranh_global_optspecs
    string join \n dir= output= log= lang= progress h/help V/version
end

function __fish_giapranh_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_giapranh_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_giapranh_using_subcommand
    set -l cmd (__fish_giapranh_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c giapranh -n "__fish_giapranh_needs_command" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_needs_command" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_needs_command" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_needs_command" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_needs_command" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_needs_command" -s V -l version -d 'Print version'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "node" -d 'Make a node, run it, ask how it is'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "directory" -d 'Found the directory of units, zones and nodes'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "alert" -d 'Issue, amend, withdraw, read and watch alerts'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "hit" -d 'Report that something was found, and answer such a report'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "zone" -d 'Look up border zones'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "unit" -d 'Look up units'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "audit" -d 'Verify a log, or replay it to a moment. Needs no node'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "quarantine" -d 'Look after messages that failed the gate'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "held" -d 'Look after events that wait for something else'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "rebuild" -d 'Build what the node shows anew from its log, and compare'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "tasks" -d 'Show the common tasks, each with its command lines'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -f -a "init" -d 'Make a node in --dir and print its enrolment request for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -f -a "run" -d 'Run the node of --dir until SIGINT or SIGTERM'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -f -a "status" -d 'Say how the running node of --dir is'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -f -a "backup" -d 'Copy the log of --dir into a file; the node may be running'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l unit -d 'The unit whose node it is' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l anchor -d 'The registrar\'s anchor.toml; without it this node is the registrar, and its own is written' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l serves -d 'Another unit of the province that the node acts for; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l nats -d 'NATS server, in place of the one in the node\'s configuration; none: exchange nothing' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l http -d 'Loopback address for pages and reading, such as 127.0.0.1:8080' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from status" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from status" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from status" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from status" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from status" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from backup" -l out -d 'The file to be written; it must not exist yet' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from backup" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from backup" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from backup" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from backup" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from backup" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make a node in --dir and print its enrolment request for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "run" -d 'Run the node of --dir until SIGINT or SIGTERM'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "status" -d 'Say how the running node of --dir is'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "backup" -d 'Copy the log of --dir into a file; the node may be running'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -f -a "found" -d 'Write the first units, zones, rules and nodes into the registrar\'s log'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -f -a "anchor" -d 'Print the anchor that other nodes are made with'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l data -d 'Folder with units.csv, adjacency.csv and authority.csv' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l request -d 'Enrolment request of a node, as printed by `node init`; may be repeated' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l decision -d 'The decision that it rests on' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l effective-from -d 'The day from which it holds, such as 2020-10-29' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from found" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from anchor" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from anchor" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from anchor" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from anchor" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from anchor" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from anchor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "found" -d 'Write the first units, zones, rules and nodes into the registrar\'s log'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "anchor" -d 'Print the anchor that other nodes are made with'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "issue" -d 'Release an alert to border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "amend" -d 'Give an alert a new version: the whole alert again, with what has changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "withdraw" -d 'End an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "list" -d 'List alerts, newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "show" -d 'Show an alert with all that was said about it'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "watch" -d 'Follow the live feed, one line an entry'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "example" -d 'Print the content of an alert about an invented person, to start from'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw list show watch example help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l content -d 'What it says, as JSON (see `alert example`); - reads stdin' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l zone -d 'A zone that it goes to; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l unit -d 'The unit in whose name it is done; the node\'s own when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l drafted-by -d 'The officer who wrote it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l content -d 'What it says from now on, whole, as JSON; - reads stdin' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l reason -d 'Why it is amended' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l zone -d 'A zone that it has from now on; as before when left out. May be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l unit -d 'The unit in whose name it is done; the node\'s own when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l drafted-by -d 'The officer who wrote it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l reason -d 'Why it ends' -r -f -a "executed\t''
surrendered\t''
died\t''
limitation-passed\t''
revoked\t''
error\t''
wrong-person\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l decision-number -d 'Number of the decision that ends it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l note -d 'Anything else that readers should know' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l unit -d 'The unit in whose name it is done; the node\'s own when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l drafted-by -d 'The officer who wrote it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l zone -d 'Only alerts of this zone' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l status -d 'Only alerts that stand so' -r -f -a "active\t''
withdrawn\t''
expired\t''
awaited\t''
all\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l unit -d 'Only alerts that this unit issued' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l category -d 'Only alerts of this category' -r -f -a "wanted-person\t''
travelling-offender\t''
modus-operandi\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l words -d 'Only alerts with all of these words, typed with or without their marks; the last may be a beginning' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l after -d 'Where the last page ended: its "next"' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -l after -d 'Begin after this log position; with what is new when left out. 0 shows everything' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -l count -d 'Stop after that many entries' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from example" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from example" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from example" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from example" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from example" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "issue" -d 'Release an alert to border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "amend" -d 'Give an alert a new version: the whole alert again, with what has changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "withdraw" -d 'End an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "list" -d 'List alerts, newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an alert with all that was said about it'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Follow the live feed, one line an entry'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "example" -d 'Print the content of an alert about an invented person, to start from'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -f -a "report" -d 'Report that what an alert is about was found'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -f -a "answer" -d 'Answer a hit on an own alert: is it the one?'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report answer help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l urgency -d 'How soon an answer is needed' -r -f -a "routine\t''
urgent\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l place -d 'Where' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l seen-at -d 'When, such as 2024-05-31T14:00:00+07:00' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l basis -d 'What the match rests on' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l certainty -d 'How sure it is' -r -f -a "certain\t''
probable\t''
possible\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l done -d 'What was done' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l version -d 'The version of the alert that was acted on; the newest here when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l unit -d 'The unit in whose name it is done; the node\'s own when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l officer -d 'The officer, by the pseudonymous id that the unit gave' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l hit -d 'The event id of the hit, as `alert show` prints it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l result -d 'Whether it is the same person or thing' -r -f -a "same\t''
not-same\t''
need-time\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l note -d 'Anything else that the other unit should know' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l unit -d 'The unit in whose name it is done; the node\'s own when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l officer -d 'The officer, by the pseudonymous id that the unit gave' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "report" -d 'Report that what an alert is about was found'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "answer" -d 'Answer a hit on an own alert: is it the one?'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'List the border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Show a zone with its members'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a zone with its members'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -f -a "list" -d 'List units'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and not __fish_seen_subcommand_from list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l level -d 'Only units of this level' -r -f -a "province\t''
district\t''
commune\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l parent -d 'Only units directly under this one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l zone -d 'Only members of this zone' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List units'
complete -c giapranh -n "__fish_giapranh_using_subcommand unit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -f -a "verify" -d 'Check every signature, chain and tree of a log, or everything in an evidence file'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -f -a "replay" -d 'Show what a node knew at a moment'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -f -a "export" -d 'Export events as an evidence file, which verifies with nothing else at hand'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -f -a "prove" -d 'Prove without disclosing: that an alert\'s events stand in this node\'s tree, or that the tree only grew'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -f -a "checkpoint" -d 'Print this node\'s tree as a signed checkpoint, to be kept by others'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -f -a "diff" -d 'Say what two logs, or two moments of one, differ in'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint diff help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l anchor -d 'The anchor.toml, or the registrar\'s public key in hex, from a source that is not the file\'s' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l checkpoint -d 'Checkpoints kept from earlier: does the log still hold what was signed? May be repeated' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l log-file -d 'The log that a checkpoint or proof is held against' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l quick -d 'Of a log: check the newest signature of each run only. It proves the authors of all before it; it is quick, and no evidence that every signature is one'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from replay" -l until -d 'The last position, or the moment of arrival: 2024-05-31T14:00:00+07:00, or the end of a day' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from replay" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from replay" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from replay" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from replay" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from replay" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from replay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l alert -d 'Every event about this alert' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l zone -d 'Every event of this zone' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l range -d 'Every published event at these log positions, both ends included: 120..180' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l out -d 'The evidence file to make, which must not exist; its owner alone may read it' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l log-file -d 'Export from this log instead of the node\'s; nothing is signed then' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l checkpoint -d 'Checkpoints of origins, by which their events are proven; may be repeated' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l from -d 'The smaller tree: how many events it had, or a checkpoint of it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l to -d 'The larger tree; without it the tree as it is now' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l out -d 'The evidence file to make, which must not exist' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from prove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l out -d 'Write it to this file, which must not exist, instead of to stdout' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from checkpoint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -l at -d 'Compare LOG with itself: as it was at this position or moment …' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -l and -d '… and at this one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check every signature, chain and tree of a log, or everything in an evidence file'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "replay" -d 'Show what a node knew at a moment'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "export" -d 'Export events as an evidence file, which verifies with nothing else at hand'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "prove" -d 'Prove without disclosing: that an alert\'s events stand in this node\'s tree, or that the tree only grew'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "checkpoint" -d 'Print this node\'s tree as a signed checkpoint, to be kept by others'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Say what two logs, or two moments of one, differ in'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l reason -d 'Only messages that lie there for this reason, such as signature' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l after -d 'Only messages with a greater number: where the last page ended' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l log-file -d 'Read this log.db, of a stopped node or a copy, in place of the node of --dir' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l log-file -d 'Read this log.db, of a stopped node or a copy, in place of the node of --dir' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l raw -d 'Also print its bytes, in hexadecimal digits'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -l out -d 'The file to write, which must not exist; its owner alone may read it' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -l log-file -d 'Read this log.db, of a stopped node or a copy, in place of the node of --dir' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -l reason -d 'Every message that lies there for this reason' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -l all -d 'Every message'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from rejudge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
complete -c giapranh -n "__fish_giapranh_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and not __fish_seen_subcommand_from list show export rejudge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l reason -d 'Only messages that lie there for this reason, such as signature' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l after -d 'Only messages with a greater number: where the last page ended' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l log-file -d 'Read this log.db, of a stopped node or a copy, in place of the node of --dir' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -l log-file -d 'Read this log.db, of a stopped node or a copy, in place of the node of --dir' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -l raw -d 'Also print its bytes, in hexadecimal digits'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -l out -d 'The file to write, which must not exist; its owner alone may read it' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -l log-file -d 'Read this log.db, of a stopped node or a copy, in place of the node of --dir' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -l reason -d 'Every message that lies there for this reason' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -l all -d 'Every message'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from rejudge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from help" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
complete -c giapranh -n "__fish_giapranh_using_subcommand held; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand rebuild" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand rebuild" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand rebuild" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand rebuild" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand rebuild" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand rebuild" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand tasks" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand tasks" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand tasks" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand tasks" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand tasks" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand tasks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "node" -d 'Make a node, run it, ask how it is'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "directory" -d 'Found the directory of units, zones and nodes'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "alert" -d 'Issue, amend, withdraw, read and watch alerts'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "hit" -d 'Report that something was found, and answer such a report'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "zone" -d 'Look up border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "unit" -d 'Look up units'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "audit" -d 'Verify a log, or replay it to a moment. Needs no node'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "quarantine" -d 'Look after messages that failed the gate'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "held" -d 'Look after events that wait for something else'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "rebuild" -d 'Build what the node shows anew from its log, and compare'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "tasks" -d 'Show the common tasks, each with its command lines'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory alert hit zone unit audit quarantine held rebuild tasks help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "init" -d 'Make a node in --dir and print its enrolment request for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "run" -d 'Run the node of --dir until SIGINT or SIGTERM'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "status" -d 'Say how the running node of --dir is'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "backup" -d 'Copy the log of --dir into a file; the node may be running'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "found" -d 'Write the first units, zones, rules and nodes into the registrar\'s log'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "anchor" -d 'Print the anchor that other nodes are made with'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "issue" -d 'Release an alert to border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "amend" -d 'Give an alert a new version: the whole alert again, with what has changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "withdraw" -d 'End an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "list" -d 'List alerts, newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "show" -d 'Show an alert with all that was said about it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "watch" -d 'Follow the live feed, one line an entry'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "example" -d 'Print the content of an alert about an invented person, to start from'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from hit" -f -a "report" -d 'Report that what an alert is about was found'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from hit" -f -a "answer" -d 'Answer a hit on an own alert: is it the one?'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "list" -d 'List the border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "show" -d 'Show a zone with its members'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from unit" -f -a "list" -d 'List units'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check every signature, chain and tree of a log, or everything in an evidence file'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "replay" -d 'Show what a node knew at a moment'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "export" -d 'Export events as an evidence file, which verifies with nothing else at hand'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "prove" -d 'Prove without disclosing: that an alert\'s events stand in this node\'s tree, or that the tree only grew'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "checkpoint" -d 'Print this node\'s tree as a signed checkpoint, to be kept by others'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "diff" -d 'Say what two logs, or two moments of one, differ in'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
