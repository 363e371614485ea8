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
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "node" -d 'Make a node, run it, ask how it is, close it'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "directory" -d 'Show the directory of units, zones and nodes, and change it'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "sign-in" -d 'Sign in to the running node; the session is kept for this user of the machine'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "sign-out" -d 'End the session'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "who" -d 'Show who has signed in, and what that officer may do'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "due" -d 'Show what is due, the most urgent first, with who must act'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "search" -d 'Search names, plates, phones, accounts and words of alerts, and see why each was found'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "purpose" -d 'Say what this session is for, before persons are looked at or looked for'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "access" -d 'Show who was shown what at this node, and what should be looked at; for auditors'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "erasure" -d 'Show what is erased where'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "alert" -d 'Issue, amend, withdraw, read and watch alerts'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "draft" -d 'Write what another officer is to release, and release or return it'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "hit" -d 'Report that something was found, answer such a report, and say how it ended'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "link" -d 'Decide about a link of two alerts that was proposed'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "zone" -d 'Look up border zones, redraw them, and ask for a neighbour\'s'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "unit" -d 'Look up units'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "deploy" -d 'Set up NATS servers as the directory says'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "audit" -d 'Verify a log, or replay it to a moment. Needs no node'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "officer" -d 'Give out accounts of the node, and look after them'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "token" -d 'Issue and end tokens by which programs act for an officer'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "quarantine" -d 'Look after messages that failed the gate'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "held" -d 'Look after events that wait for something else'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "peers" -d 'Show whom the node has heard, what is missing where, and whether the node may sign'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "fork" -d 'Look at origins that signed two events under one number, and decide'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "rebuild" -d 'Build what the node shows anew from its log, and compare'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "tasks" -d 'Show the common tasks, each with its command lines'
complete -c giapranh -n "__fish_giapranh_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "init" -d 'Make a node in --dir and print its enrolment request for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "run" -d 'Run the node of --dir until SIGINT or SIGTERM'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "status" -d 'Say how the running node of --dir is'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "backup" -d 'Copy the log of --dir into a file; the node may be running'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "request" -d 'Print the enrolment request of --dir again'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "close" -d 'Close the running node of --dir for good: it signs nothing more with its key'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "rotate" -d 'Give the closed and stopped node of --dir new keys, and print its enrolment request'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "handover" -d 'Copy the log of a closed node, whole, for the unit that answers for its unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "take-over" -d 'Take over the log of a unit that ended; the node of --dir must be stopped'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "restore" -d 'Put a backup, or an empty log, in the place of a lost one: what peers hold comes back'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "begin-epoch" -d 'Go on in a new epoch, because what the node signed last can\'t be found again'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and not __fish_seen_subcommand_from init run status backup request close rotate handover take-over restore begin-epoch help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l unit -d 'The unit whose node it is' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l anchor -d 'The registrar\'s anchor.toml; without it this node is the registrar, and its own is written' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l serves -d 'Another unit of the province that the node acts for; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l nats -d 'NATS server; none: exchange nothing. Without one the node keeps a private nats-server' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l replicas -d 'On how many servers of a cluster the province\'s stream is kept; 1 when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l tls-ca -d 'The authority\'s certificate. A path that is not absolute begins in --dir; so with the others' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l tls-certificate -d 'The node\'s certificate' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l tls-key -d 'The key of the node\'s certificate, which its owner alone may read' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l isolated -d 'The server\'s configuration is rendered from the directory: log in with the node\'s nkey'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l nats -d 'NATS server, in place of the one in the node\'s configuration; none: exchange nothing' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l http -d 'Loopback address for pages and reading, such as 127.0.0.1:8080' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from run" -l monitor -d 'Loopback address for /livez, /readyz and /metrics, such as 127.0.0.1:9464' -r
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
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from request" -l serves -d 'Another unit of the province that the node acts for; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from request" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from request" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from request" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from request" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from request" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l reason -d 'Why it is closed' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from rotate" -l serves -d 'Another unit of the province that the node acts for; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from rotate" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from rotate" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from rotate" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from rotate" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from rotate" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from handover" -l out -d 'The file to be written; it must not exist yet' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from handover" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from handover" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from handover" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from handover" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from handover" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from handover" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from take-over" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from take-over" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from take-over" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from take-over" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from take-over" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from take-over" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -l backup -d 'What `node backup` wrote; without it the log begins empty' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -l epoch -d 'The epoch of the node\'s key, which a backup knows by itself' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from begin-epoch" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from begin-epoch" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from begin-epoch" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from begin-epoch" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from begin-epoch" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from begin-epoch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make a node in --dir and print its enrolment request for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "run" -d 'Run the node of --dir until SIGINT or SIGTERM'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "status" -d 'Say how the running node of --dir is'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "backup" -d 'Copy the log of --dir into a file; the node may be running'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "request" -d 'Print the enrolment request of --dir again'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "close" -d 'Close the running node of --dir for good: it signs nothing more with its key'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Give the closed and stopped node of --dir new keys, and print its enrolment request'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "handover" -d 'Copy the log of a closed node, whole, for the unit that answers for its unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "take-over" -d 'Take over the log of a unit that ended; the node of --dir must be stopped'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Put a backup, or an empty log, in the place of a lost one: what peers hold comes back'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "begin-epoch" -d 'Go on in a new epoch, because what the node signed last can\'t be found again'
complete -c giapranh -n "__fish_giapranh_using_subcommand node; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "found" -d 'Write the first units, zones, rules and nodes into the registrar\'s log'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "anchor" -d 'Print the anchor that other nodes are made with, the founders\' keys in it'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "show" -d 'Show the directory as it is, or as it was on a day or under a head'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "diff" -d 'Say what differs between two days or heads'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "log" -d 'List the decisions, each with the head that it made'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "pending" -d 'List the nodes that wait for their province\'s word, and those closed and not cut yet'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "enrol" -d 'Enrol a node, or its new key after it was closed'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "confirm" -d 'Say, as a province, that a key is the one of a unit\'s node'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "revoke" -d 'Say how far the log of a node counts: what lies beyond is refused and disowned'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "serve" -d 'Set the units that a node acts for, beside its own'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "register" -d 'Register a unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "rename" -d 'Give a unit another name or official code'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "move" -d 'Put a unit under another parent in its province'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "end" -d 'End a unit; its successor answers for it, and the log of its node ends'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "allow" -d 'Say who may issue alerts of a category, and where'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "deadline" -d 'Set how long something may take'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "hand-over" -d 'Give the directory to the node of another unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "change" -d 'Decide the changes of a file, all of them together or none'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "reorganise" -d 'Take a step of the reorganisation of 2025'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "propose" -d 'Print what founders sign to put this node in the registrar\'s place, or to name other founders'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "sign" -d 'Print such a proposal with this founder\'s signature added'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "take-over" -d 'Put this stopped node in the registrar\'s place, with a proposal that enough founders signed'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "name-founders" -d 'Say, as the registrar, whom enough founders have named to come after them'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and not __fish_seen_subcommand_from found anchor show diff log pending enrol confirm revoke serve register rename move end allow deadline hand-over change reorganise propose sign take-over name-founders help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l at -d 'As it was at the end of this day, such as 2025-02-28' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l head -d 'As it was under this head' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l unit -d 'Only this unit, with all that became of it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l zone -d 'Only this zone, with its members' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from diff" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from diff" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from diff" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from diff" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from diff" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from log" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from log" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from log" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from log" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from log" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from pending" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from pending" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from pending" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from pending" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from pending" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from pending" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from enrol" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l key -d 'The node\'s public key, as the unit itself reads it out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from confirm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l index -d 'Index of the last event that counts' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l hash -d 'Leaf hash of that event' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l epoch -d 'The epoch of its log; the newest when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l cause -d 'Whether the key is no longer to be believed, or its log lost its tail and begins again' -r -f -a "revoked\t''
new-epoch\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l nothing -d 'Nothing of the epoch counts'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l closed -d 'The last event that counts is the one by which the node was closed'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l nobody -d 'It acts for its own unit alone'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l id -d 'Its id, which is given once and never again: long-an_duc-hoa' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l level -d 'Its level' -r -f -a "province\t''
district\t''
commune\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l name -d 'Its name' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l code -d 'The statistics office\'s code for it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l parent -d 'The unit above it; a province has none' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l name -d 'Its name from now on' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l code -d 'Its official code from now on' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l parent -d 'The unit above it from now on, of the same province' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l successor -d 'Who answers for it from now on' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l cause -d 'How it ends' -r -f -a "abolished\t''
merged\t''
split\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l part -d 'Of a split: a unit that came of it, the successor among them; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l level -d 'Every unit of this level' -r -f -a "province\t''
district\t''
commune\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l unit -d 'This unit, which goes by this rule alone then' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l category -d 'What the alerts are about' -r -f -a "wanted-person\t''
travelling-offender\t''
vehicle\t''
object\t''
identifier\t''
modus-operandi\t''
situation-notice\t''
directive\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l zone -d 'Only to this zone; to every zone that the unit is in when left out. May be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l cluster -d 'Also to the whole cluster'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l forbid -d 'Nowhere: takes the right away'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from allow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from deadline" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from hand-over" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l decision -d 'The decision that it carries out; the file\'s own when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l effective-from -d 'The day from which it has effect; the file\'s own, or today in Vietnam, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from change" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l step -d '1: district police end (1 March 2025). 2: provinces merge, communes are redrawn (1 July)' -r -f -a "1\t''
2\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l data -d 'Folder with `units_2025.csv`, `reorganisation_2025.csv` and `adjacency_communes_2025.csv`, for step 2' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l last-known -d 'Of a node that ends and can\'t be closed any more, what this log holds of it counts'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l dry-run -d 'Print the decision as JSON, and decide nothing'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from reorganise" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l after -d 'The last head that counts; the newest when left out. What came after it is void' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l founder -d 'Propose founders instead, each with the key that its node has now; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l threshold -d 'How many of these founders must sign' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from propose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from sign" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from sign" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from sign" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from sign" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from sign" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from sign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from take-over" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from take-over" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from take-over" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from take-over" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from take-over" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from take-over" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from name-founders" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "found" -d 'Write the first units, zones, rules and nodes into the registrar\'s log'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "anchor" -d 'Print the anchor that other nodes are made with, the founders\' keys in it'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the directory as it is, or as it was on a day or under a head'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Say what differs between two days or heads'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "log" -d 'List the decisions, each with the head that it made'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "pending" -d 'List the nodes that wait for their province\'s word, and those closed and not cut yet'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "enrol" -d 'Enrol a node, or its new key after it was closed'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "confirm" -d 'Say, as a province, that a key is the one of a unit\'s node'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Say how far the log of a node counts: what lies beyond is refused and disowned'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "serve" -d 'Set the units that a node acts for, beside its own'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "register" -d 'Register a unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Give a unit another name or official code'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "move" -d 'Put a unit under another parent in its province'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "end" -d 'End a unit; its successor answers for it, and the log of its node ends'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "allow" -d 'Say who may issue alerts of a category, and where'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "deadline" -d 'Set how long something may take'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "hand-over" -d 'Give the directory to the node of another unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "change" -d 'Decide the changes of a file, all of them together or none'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "reorganise" -d 'Take a step of the reorganisation of 2025'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "propose" -d 'Print what founders sign to put this node in the registrar\'s place, or to name other founders'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "sign" -d 'Print such a proposal with this founder\'s signature added'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "take-over" -d 'Put this stopped node in the registrar\'s place, with a proposal that enough founders signed'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "name-founders" -d 'Say, as the registrar, whom enough founders have named to come after them'
complete -c giapranh -n "__fish_giapranh_using_subcommand directory; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-in" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-in" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-in" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-in" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-in" -l password-stdin -d 'Read the password as one line from stdin, where no person types it'
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-in" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-in" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-out" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-out" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-out" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-out" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-out" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand sign-out" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand who" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand who" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand who" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand who" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand who" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand who" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l for -d 'Whose work' -r -f -a "me\t'What the officer\'s roles have to do for the unit'
unit\t'All that the unit has to do'
province\t'All that units of the province have to do'"
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l after -d 'Where the last page ended: its "next"' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand due" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l purpose -d 'What the searches of this session are for; asked once, and recorded' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l case -d 'The number of the case that they are about' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l born -d 'Only about a person born in that year, or of whom no year is said' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l sex -d 'Only about a person of that sex, or of whom none is said' -r -f -a "male\t''
female\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l place -d 'Only with these words in a place' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l category -d 'Only alerts of this category' -r -f -a "wanted-person\t''
travelling-offender\t''
vehicle\t''
object\t''
identifier\t''
modus-operandi\t''
situation-notice\t''
directive\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l after -d 'Where the last page ended: its "next"' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand purpose" -l case -d 'The number of the case that it is about' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand purpose" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand purpose" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand purpose" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand purpose" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand purpose" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand purpose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -f -a "who-read" -d 'Show to whom an alert was shown at this node, the newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -f -a "by" -d 'Show what an officer of this node was shown, the newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -f -a "unusual" -d 'Show what should be looked at: very many in an hour, at night, the own name'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -f -a "said" -d 'Show a purpose that was stated, or what was typed into a search'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and not __fish_seen_subcommand_from who-read by unusual said help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -l before -d 'Only before that position of the log' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from who-read" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -l before -d 'Only before that position of the log' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from by" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from unusual" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from unusual" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from unusual" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from unusual" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from unusual" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from unusual" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from said" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from said" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from said" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from said" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from said" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from said" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "who-read" -d 'Show to whom an alert was shown at this node, the newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "by" -d 'Show what an officer of this node was shown, the newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "unusual" -d 'Show what should be looked at: very many in an hour, at night, the own name'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "said" -d 'Show a purpose that was stated, or what was typed into a search'
complete -c giapranh -n "__fish_giapranh_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -f -a "status" -d 'Show how far the erasure of an alert has come, and who has not confirmed it'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and not __fish_seen_subcommand_from status help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from status" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from status" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from status" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from status" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from status" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show how far the erasure of an alert has come, and who has not confirmed it'
complete -c giapranh -n "__fish_giapranh_using_subcommand erasure; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "issue" -d 'Release an alert to border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "amend" -d 'Give an alert a new version: the whole alert again, with what has changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "withdraw" -d 'End an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "acknowledge" -d 'Say that the unit has seen an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "flag" -d 'Say that the unit can\'t carry out the action on its territory, or can again'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "hide" -d 'Show an alert to fewer units for a time; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "reveal" -d 'Show a hidden alert to all again; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "erase" -d 'What an alert says is gone everywhere, for good; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "extend" -d 'Let an alert go on: a draft, or with two officers at one desk its next version'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "consent-withdrawn" -d 'Take the innocent person out whose identity is misused, who no longer consents'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "link" -d 'Propose that two alerts belong together; another officer confirms it'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "links" -d 'Show with which alerts an alert may belong together'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "list" -d 'List alerts, newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "show" -d 'Show an alert with all that was said about it'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "delivery" -d 'Show which units hold an alert, and since when: the proof of delivery'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "adopt" -d 'Let events count that came late: the node had lost them and began a new epoch'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "watch" -d 'Follow the live feed, one line an entry'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "example" -d 'Print the content of an invented alert, to start from'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and not __fish_seen_subcommand_from issue amend withdraw acknowledge flag hide reveal erase extend consent-withdrawn link links list show delivery adopt watch example help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l content -d 'What it says, as JSON (see `alert example`); - reads stdin' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l zone -d 'A zone that it goes to; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l content -d 'What it says from now on, whole, as JSON; - reads stdin' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l reason -d 'Why it is amended' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l zone -d 'A zone that it has from now on; as before when left out. May be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from amend" -l password-stdin -d 'Read that password as one line from stdin'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from withdraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l version -d 'The version that was seen; the newest here when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from acknowledge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l reason -d 'Why the unit can\'t carry out the action; with --lift, why it can again' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l lift -d 'Take the unit\'s flag back'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from flag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l until -d 'Until when: the end of a day such as 2026-12-31, or a moment' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l shown-to -d 'A unit that it is still shown to, beside who answers for it; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l reason -d 'Why it is hidden' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from hide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l reason -d 'Why it is shown again' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from reveal" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l ground -d 'Why it has to be gone before its time' -r -f -a "no-longer-needed\t''
unlawful\t''
court-order\t''
subject-request\t''
wrong-person\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l decision -d 'The number of the decision; it stays for good, so never a name' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from erase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l expires -d 'When it expires from now on: the end of a day, or a moment' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l review-by -d 'By when it is reviewed from now on: the end of a day, or a moment' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l reason -d 'Why it goes on: what the review found' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from extend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l reason -d 'What stands in the alert as the reason of its next version' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from consent-withdrawn" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l relation -d 'In what they belong together' -r -f -a "same-person\t''
same-series\t''
same-vehicle\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l grounds -d 'On what that rests' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from link" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from links" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from links" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from links" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from links" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from links" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from links" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l zone -d 'Only alerts of this zone' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l status -d 'Only alerts that stand so' -r -f -a "active\t''
hidden\t''
withdrawn\t''
expired\t''
awaited\t''
all\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l unit -d 'Only alerts that this unit issued' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l category -d 'Only alerts of this category' -r -f -a "wanted-person\t''
travelling-offender\t''
vehicle\t''
object\t''
identifier\t''
modus-operandi\t''
situation-notice\t''
directive\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l words -d 'Only alerts with all of these words, typed with or without their marks; the last may be a beginning' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l limit -d 'How many at most' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l after -d 'Where the last page ended: its "next"' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l as-of -d 'As this node showed it at a moment: a position of its log, or a time as in 2024-05-31T14:00:00+07:00' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l as-of -d 'As this node showed it at a moment: a position of its log, or a time as in 2024-05-31T14:00:00+07:00' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from delivery" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from delivery" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from delivery" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from delivery" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from delivery" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from delivery" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l event -d 'A late event, by the id that `alert show` gives; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l reason -d 'Why they are to count' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from adopt" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "acknowledge" -d 'Say that the unit has seen an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "flag" -d 'Say that the unit can\'t carry out the action on its territory, or can again'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "hide" -d 'Show an alert to fewer units for a time; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "reveal" -d 'Show a hidden alert to all again; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "erase" -d 'What an alert says is gone everywhere, for good; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "extend" -d 'Let an alert go on: a draft, or with two officers at one desk its next version'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "consent-withdrawn" -d 'Take the innocent person out whose identity is misused, who no longer consents'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "link" -d 'Propose that two alerts belong together; another officer confirms it'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "links" -d 'Show with which alerts an alert may belong together'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "list" -d 'List alerts, newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an alert with all that was said about it'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "delivery" -d 'Show which units hold an alert, and since when: the proof of delivery'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "adopt" -d 'Let events count that came late: the node had lost them and began a new epoch'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Follow the live feed, one line an entry'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "example" -d 'Print the content of an invented alert, to start from'
complete -c giapranh -n "__fish_giapranh_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "new" -d 'Begin the draft of a new alert; it gets its number now'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "amend" -d 'Begin the draft of an alert\'s next version'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "withdraw" -d 'Begin the draft of an alert\'s end'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "hide" -d 'Begin the draft of hiding an alert for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "reveal" -d 'Begin the draft of showing a hidden alert to all again'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "erase" -d 'Begin a draft by which what an alert says is gone everywhere, for good'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "save" -d 'Keep a next version of a draft'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "submit" -d 'Hand a draft to the approving officers'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "return" -d 'Give a draft back to who wrote it'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "approve" -d 'Release a draft: it takes effect'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "discard" -d 'Give a draft up'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "list" -d 'List drafts, those that wait first'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "show" -d 'Show a draft, and how it differs from the alert as it is'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and not __fish_seen_subcommand_from new amend withdraw hide reveal erase save submit return approve discard list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l content -d 'What it says, as JSON (see `alert example`); - reads stdin' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l zone -d 'A zone that it goes to; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l content -d 'What it says from now on, whole, as JSON; - reads stdin' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l reason -d 'Why it is amended' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l zone -d 'A zone that it has from now on; as before when left out. May be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from amend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l reason -d 'Why it ends' -r -f -a "executed\t''
surrendered\t''
died\t''
limitation-passed\t''
revoked\t''
error\t''
wrong-person\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l decision-number -d 'Number of the decision that ends it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l note -d 'Anything else that readers should know' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from withdraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l until -d 'Until when: the end of a day such as 2026-12-31, or a moment' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l shown-to -d 'A unit that it is still shown to, beside who answers for it; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l reason -d 'Why it is hidden' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from hide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l reason -d 'Why it is shown again' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from reveal" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l ground -d 'Why it has to be gone before its time' -r -f -a "no-longer-needed\t''
unlawful\t''
court-order\t''
subject-request\t''
wrong-person\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l decision -d 'The number of the decision; it stays for good, so never a name' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from erase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l content -d 'What it says from now on, whole, as JSON; - reads stdin' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l zone -d 'A zone that it has from now on; as in the draft when left out. May be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l reason -d 'Why the alert is amended; as in the draft when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l version -d 'The version that it was written from; the newest when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from save" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l version -d 'The version that was looked at; the newest when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from submit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l reason -d 'Why' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l version -d 'The version that was looked at; the newest when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from return" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l version -d 'The version that was looked at; the newest when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l reason -d 'Why' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l version -d 'The version that was looked at; the newest when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from discard" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from list" -l state -d 'Only drafts that are so far' -r -f -a "writing\t''
waiting\t''
returned\t''
released\t''
discarded\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "new" -d 'Begin the draft of a new alert; it gets its number now'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "amend" -d 'Begin the draft of an alert\'s next version'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "withdraw" -d 'Begin the draft of an alert\'s end'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "hide" -d 'Begin the draft of hiding an alert for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "reveal" -d 'Begin the draft of showing a hidden alert to all again'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "erase" -d 'Begin a draft by which what an alert says is gone everywhere, for good'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "save" -d 'Keep a next version of a draft'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "submit" -d 'Hand a draft to the approving officers'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "return" -d 'Give a draft back to who wrote it'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Release a draft: it takes effect'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "discard" -d 'Give a draft up'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "list" -d 'List drafts, those that wait first'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a draft, and how it differs from the alert as it is'
complete -c giapranh -n "__fish_giapranh_using_subcommand draft; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -f -a "report" -d 'Report that what an alert is about was found'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -f -a "send" -d 'Send the reports that are kept because the line to the node failed: each once'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -f -a "answer" -d 'Answer a hit on an own alert: is it the one?'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -f -a "conclude" -d 'Say how a hit ended'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and not __fish_seen_subcommand_from report send answer conclude help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from send" -l drop -d 'Give up a kept report that was refused, by its number, and send the others' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from send" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from send" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from send" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from send" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from send" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l hit -d 'The event id of the hit, as `alert show` prints it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l result -d 'Whether it is the same person or thing' -r -f -a "same\t''
not-same\t''
need-time\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l note -d 'Anything else that the other unit should know' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from answer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l hit -d 'The event id of the hit, as `alert show` prints it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l outcome -d 'How it ended' -r -f -a "arrested\t''
handed-over\t''
gone\t''
let-go\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l at -d 'When, such as 2024-05-31T14:00:00+07:00' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l handed-to -d 'The unit to which it was handed over' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l note -d 'Anything else that the other unit should know' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from conclude" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "report" -d 'Report that what an alert is about was found'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "send" -d 'Send the reports that are kept because the line to the node failed: each once'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "answer" -d 'Answer a hit on an own alert: is it the one?'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "conclude" -d 'Say how a hit ended'
complete -c giapranh -n "__fish_giapranh_using_subcommand hit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -f -a "confirm" -d 'Say that the two alerts do belong together'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -f -a "reject" -d 'Say that they do not'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and not __fish_seen_subcommand_from confirm reject help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l grounds -d 'On what the decision rests' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from confirm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l grounds -d 'On what the decision rests' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from help" -f -a "confirm" -d 'Say that the two alerts do belong together'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Say that they do not'
complete -c giapranh -n "__fish_giapranh_using_subcommand link; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "list" -d 'List the border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "show" -d 'Show a zone with its members'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "define" -d 'Define a zone'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "redraw" -d 'Give a zone another name, or other members'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "split" -d 'Split a zone into others: they are defined, and it ends'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "end" -d 'End a zone: nothing new is issued there, and what is there goes on'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "request" -d 'Ask the registrar for a neighbour\'s zone, for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "requests" -d 'List the requests for zones that wait for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "grant" -d 'Grant a unit a neighbour\'s zone, for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "coverage" -d 'Say which units touch across a line of provinces and are in no common zone'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and not __fish_seen_subcommand_from list show define redraw split end request requests grant coverage help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l name -d 'Its name' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l member -d 'A member; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l one-province -d 'That all members are of one province is meant'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from define" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l name -d 'Its name from now on' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l join -d 'A unit that is a member from now on; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l leave -d 'A member that is none from now on; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from redraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l into -d 'A zone that comes of it: id, name and members, as a=Vùng A:unit,unit; at least two' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l one-province -d 'That all members of one of them are of one province is meant'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from split" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l until -d 'Until when: the end of a day such as 2026-12-31, or a moment' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l reason -d 'What it is needed for' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from requests" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from requests" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from requests" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from requests" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from requests" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from requests" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l zone -d 'Without a request: the zone …' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l unit -d '… and the unit' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l until -d 'Until when: the end of a day, or a moment; as requested when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l decision -d 'The decision that it carries out, as people cite it' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l effective-from -d 'The day from which it has effect, such as 2025-03-01; today in Vietnam when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l drafted-by -d 'The officer who wrote it; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l approved-by -d 'The officer who released it; another one' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l approved-by-login -d 'Another officer at the same desk releases it, and is asked for the password' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l password-stdin -d 'Read that password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from grant" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from coverage" -l data -d 'Folder with `adjacency.csv`, and `adjacency_communes_2025.csv` once the provinces have merged' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from coverage" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from coverage" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from coverage" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from coverage" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from coverage" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from coverage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a zone with its members'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "define" -d 'Define a zone'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "redraw" -d 'Give a zone another name, or other members'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "split" -d 'Split a zone into others: they are defined, and it ends'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "end" -d 'End a zone: nothing new is issued there, and what is there goes on'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "request" -d 'Ask the registrar for a neighbour\'s zone, for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "requests" -d 'List the requests for zones that wait for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "grant" -d 'Grant a unit a neighbour\'s zone, for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand zone; and __fish_seen_subcommand_from help" -f -a "coverage" -d 'Say which units touch across a line of provinces and are in no common zone'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -f -a "render" -d 'Write the configurations of a topology\'s NATS servers, as the directory is now'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -f -a "apply" -d 'Write them, and let the servers that run here take over what changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -f -a "serve" -d 'Run a server of the topology until SIGINT or SIGTERM; it follows the directory'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -f -a "ca" -d 'Make a certificate authority, for those who have none'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -f -a "certificate" -d 'Issue the certificate of a server or of a unit\'s node'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -f -a "link" -d 'Write the secret by which the hub knows the server of this node\'s province'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and not __fish_seen_subcommand_from render apply serve ca certificate link help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -l topology -d 'Where the servers stand, as TOML (docs/OPERATIONS.md)' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -l out -d 'The folder that has a folder for each server' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from render" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -l topology -d 'Where the servers stand, as TOML (docs/OPERATIONS.md)' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -l out -d 'The folder that has a folder for each server' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l topology -d 'Where the servers stand, as TOML (docs/OPERATIONS.md)' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l out -d 'The folder that has a folder for each server' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l server -d 'The server, by its name in the topology' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from ca" -l out -d 'The folder that gets ca.pem, for everybody, and ca.key, which its owner alone may read' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from ca" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from ca" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from ca" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from ca" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from ca" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from ca" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l ca -d 'The folder with ca.pem and ca.key' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l server -d 'For a server; its files get this name' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l name -d 'A name or an IP address by which the server is reached; may be repeated' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l unit -d 'For the node of this unit' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l out -d 'The folder that gets the certificate and its key' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from certificate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from link" -l out -d 'The file to be written, which must not exist; the leaf\'s configuration reads OUT/NAME/link.conf' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from link" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from link" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from link" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from link" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from link" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from link" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "render" -d 'Write the configurations of a topology\'s NATS servers, as the directory is now'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "apply" -d 'Write them, and let the servers that run here take over what changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "serve" -d 'Run a server of the topology until SIGINT or SIGTERM; it follows the directory'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "ca" -d 'Make a certificate authority, for those who have none'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "certificate" -d 'Issue the certificate of a server or of a unit\'s node'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "link" -d 'Write the secret by which the hub knows the server of this node\'s province'
complete -c giapranh -n "__fish_giapranh_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "verify" -d 'Check every signature, chain and tree of a log, or everything in an evidence file'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "replay" -d 'Show what a node knew at a moment'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "export" -d 'Export events as an evidence file, which verifies with nothing else at hand'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "prove" -d 'Prove without disclosing: that an alert\'s events stand in this node\'s tree, or that the tree only grew'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "checkpoint" -d 'Print this node\'s tree as a signed checkpoint, to be kept by others'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "key" -d 'Make an auditor\'s key; its public half is for who exports to you'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "read" -d 'Read what an evidence file says, with the keys that were granted to you'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "diff" -d 'Say what two logs, or two moments of one, differ in'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and not __fish_seen_subcommand_from verify replay export prove checkpoint key read diff help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from export" -l keys-for -d 'Also grant the keys of what is exported to this auditor, in FILE.keys: the public half of the auditor\'s key, 64 hexadecimal digits' -r
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
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from key" -l out -d 'The file to make, which must not exist; its owner alone may read it' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from key" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from key" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from key" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from key" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from key" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -l keys -d 'The keys that were granted with it; FILE.keys when left out' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -l key -d 'The auditor\'s key that opens them' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from read" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "key" -d 'Make an auditor\'s key; its public half is for who exports to you'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "read" -d 'Read what an evidence file says, with the keys that were granted to you'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Say what two logs, or two moments of one, differ in'
complete -c giapranh -n "__fish_giapranh_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "add" -d 'Give an officer an account. The first one is an administrator\'s, and ends what the owner of the node\'s socket may do without signing in'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "list" -d 'List the accounts'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "roles" -d 'Give an officer these roles and no others; it counts at once'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "password" -d 'Change the own password, or give an officer another one, who then has to change it'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "disable" -d 'Shut an officer out at once: sessions and tokens end'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "enable" -d 'Let an officer who was shut out sign in again'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "unlock" -d 'Let an officer sign in again who failed too often'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and not __fish_seen_subcommand_from add list roles password disable enable unlock help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l name -d 'The officer\'s name; it never leaves this node' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l unit -d 'The officer\'s unit, which the node serves' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l role -d 'What the officer may do; may be repeated' -r -f -a "duty\t''
issuer\t''
approver\t''
lead\t''
auditor\t''
administrator\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l id -d 'The pseudonymous id, where the officer stands in events already; made up when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l password-stdin -d 'Read the first password as one line from stdin'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from roles" -l role -d 'What the officer may do from now on; may be repeated' -r -f -a "duty\t''
issuer\t''
approver\t''
lead\t''
auditor\t''
administrator\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from roles" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from roles" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from roles" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from roles" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from roles" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from roles" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from password" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from password" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from password" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from password" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from password" -l password-stdin -d 'Read the passwords from stdin, a line each: of the own one the old and the new'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from password" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from disable" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from disable" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from disable" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from disable" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from disable" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from enable" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from enable" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from enable" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from enable" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from enable" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from unlock" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from unlock" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from unlock" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from unlock" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from unlock" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from unlock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "add" -d 'Give an officer an account. The first one is an administrator\'s, and ends what the owner of the node\'s socket may do without signing in'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the accounts'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "roles" -d 'Give an officer these roles and no others; it counts at once'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "password" -d 'Change the own password, or give an officer another one, who then has to change it'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Shut an officer out at once: sessions and tokens end'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Let an officer who was shut out sign in again'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "unlock" -d 'Let an officer sign in again who failed too often'
complete -c giapranh -n "__fish_giapranh_using_subcommand officer; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -f -a "issue" -d 'Issue a token by which a program acts for who has signed in; its secret is shown this once'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -f -a "list" -d 'List the own tokens, without their secrets'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -f -a "revoke" -d 'End a token at once'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and not __fish_seen_subcommand_from issue list revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l name -d 'What it is for' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l role -d 'What may be done with it, of what the officer may; may be repeated' -r -f -a "duty\t''
issuer\t''
approver\t''
lead\t''
auditor\t''
administrator\t''"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l days -d 'After how many days it ends by itself' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l out -d 'Write the secret to this file, which must not exist, in place of stdout; for its owner alone' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from revoke" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from revoke" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from revoke" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from revoke" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from revoke" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "issue" -d 'Issue a token by which a program acts for who has signed in; its secret is shown this once'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the own tokens, without their secrets'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'End a token at once'
complete -c giapranh -n "__fish_giapranh_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand peers" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand peers" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand peers" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand peers" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand peers" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand peers" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -f -a "list" -d 'List the forks that were found, by origin'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -f -a "show" -d 'Show the forks of an origin: who says so, and what was decided'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -f -a "decide" -d 'Let this node go on with an origin: what it holds is judged again. No other node hears of it'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and not __fish_seen_subcommand_from list show decide help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from list" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from list" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from list" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from list" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from list" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from show" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from show" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from show" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from show" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from show" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l epoch -d 'Which life of its log' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l reason -d 'Why it is to go on: what was found out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l unit -d 'The unit in whose name it is done; the officer\'s, or the node\'s own, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l officer -d 'The officer, by the pseudonymous id that the unit gave; who has signed in, when left out' -r
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l dir -d 'Directory of the node' -r -F
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l output -d 'How results are printed' -r -f -a "table\t'For people'
json\t'For programs'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l log -d 'How the program\'s own log is written to stderr; `GIAPRANH_LOG` filters it (such as "debug")' -r -f -a "human\t'One line an event, for people'
json\t'One JSON object an event'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l lang -d 'Language of what people read, in place of `GIAPRANH_LANG` and the locale. JSON stays as it is' -r -f -a "vi\t'Tiếng Việt'
en\t'English'"
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -l progress -d 'Say every 5 s how far long work is, where stderr is no terminal'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from decide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the forks that were found, by origin'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the forks of an origin: who says so, and what was decided'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from help" -f -a "decide" -d 'Let this node go on with an origin: what it holds is judged again. No other node hears of it'
complete -c giapranh -n "__fish_giapranh_using_subcommand fork; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "node" -d 'Make a node, run it, ask how it is, close it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "directory" -d 'Show the directory of units, zones and nodes, and change it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "sign-in" -d 'Sign in to the running node; the session is kept for this user of the machine'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "sign-out" -d 'End the session'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "who" -d 'Show who has signed in, and what that officer may do'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "due" -d 'Show what is due, the most urgent first, with who must act'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "search" -d 'Search names, plates, phones, accounts and words of alerts, and see why each was found'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "purpose" -d 'Say what this session is for, before persons are looked at or looked for'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "access" -d 'Show who was shown what at this node, and what should be looked at; for auditors'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "erasure" -d 'Show what is erased where'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "alert" -d 'Issue, amend, withdraw, read and watch alerts'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "draft" -d 'Write what another officer is to release, and release or return it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "hit" -d 'Report that something was found, answer such a report, and say how it ended'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "link" -d 'Decide about a link of two alerts that was proposed'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "zone" -d 'Look up border zones, redraw them, and ask for a neighbour\'s'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "unit" -d 'Look up units'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "deploy" -d 'Set up NATS servers as the directory says'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "audit" -d 'Verify a log, or replay it to a moment. Needs no node'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "officer" -d 'Give out accounts of the node, and look after them'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "token" -d 'Issue and end tokens by which programs act for an officer'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "quarantine" -d 'Look after messages that failed the gate'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "held" -d 'Look after events that wait for something else'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "peers" -d 'Show whom the node has heard, what is missing where, and whether the node may sign'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "fork" -d 'Look at origins that signed two events under one number, and decide'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "rebuild" -d 'Build what the node shows anew from its log, and compare'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "tasks" -d 'Show the common tasks, each with its command lines'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and not __fish_seen_subcommand_from node directory sign-in sign-out who due search purpose access erasure alert draft hit link zone unit deploy audit officer token quarantine held peers fork rebuild tasks help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "init" -d 'Make a node in --dir and print its enrolment request for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "run" -d 'Run the node of --dir until SIGINT or SIGTERM'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "status" -d 'Say how the running node of --dir is'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "backup" -d 'Copy the log of --dir into a file; the node may be running'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "request" -d 'Print the enrolment request of --dir again'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "close" -d 'Close the running node of --dir for good: it signs nothing more with its key'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "rotate" -d 'Give the closed and stopped node of --dir new keys, and print its enrolment request'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "handover" -d 'Copy the log of a closed node, whole, for the unit that answers for its unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "take-over" -d 'Take over the log of a unit that ended; the node of --dir must be stopped'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "restore" -d 'Put a backup, or an empty log, in the place of a lost one: what peers hold comes back'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from node" -f -a "begin-epoch" -d 'Go on in a new epoch, because what the node signed last can\'t be found again'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "found" -d 'Write the first units, zones, rules and nodes into the registrar\'s log'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "anchor" -d 'Print the anchor that other nodes are made with, the founders\' keys in it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "show" -d 'Show the directory as it is, or as it was on a day or under a head'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "diff" -d 'Say what differs between two days or heads'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "log" -d 'List the decisions, each with the head that it made'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "pending" -d 'List the nodes that wait for their province\'s word, and those closed and not cut yet'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "enrol" -d 'Enrol a node, or its new key after it was closed'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "confirm" -d 'Say, as a province, that a key is the one of a unit\'s node'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "revoke" -d 'Say how far the log of a node counts: what lies beyond is refused and disowned'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "serve" -d 'Set the units that a node acts for, beside its own'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "register" -d 'Register a unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "rename" -d 'Give a unit another name or official code'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "move" -d 'Put a unit under another parent in its province'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "end" -d 'End a unit; its successor answers for it, and the log of its node ends'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "allow" -d 'Say who may issue alerts of a category, and where'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "deadline" -d 'Set how long something may take'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "hand-over" -d 'Give the directory to the node of another unit'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "change" -d 'Decide the changes of a file, all of them together or none'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "reorganise" -d 'Take a step of the reorganisation of 2025'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "propose" -d 'Print what founders sign to put this node in the registrar\'s place, or to name other founders'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "sign" -d 'Print such a proposal with this founder\'s signature added'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "take-over" -d 'Put this stopped node in the registrar\'s place, with a proposal that enough founders signed'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from directory" -f -a "name-founders" -d 'Say, as the registrar, whom enough founders have named to come after them'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from access" -f -a "who-read" -d 'Show to whom an alert was shown at this node, the newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from access" -f -a "by" -d 'Show what an officer of this node was shown, the newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from access" -f -a "unusual" -d 'Show what should be looked at: very many in an hour, at night, the own name'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from access" -f -a "said" -d 'Show a purpose that was stated, or what was typed into a search'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from erasure" -f -a "status" -d 'Show how far the erasure of an alert has come, and who has not confirmed it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "issue" -d 'Release an alert to border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "amend" -d 'Give an alert a new version: the whole alert again, with what has changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "withdraw" -d 'End an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "acknowledge" -d 'Say that the unit has seen an alert'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "flag" -d 'Say that the unit can\'t carry out the action on its territory, or can again'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "hide" -d 'Show an alert to fewer units for a time; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "reveal" -d 'Show a hidden alert to all again; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "erase" -d 'What an alert says is gone everywhere, for good; two officers at one desk'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "extend" -d 'Let an alert go on: a draft, or with two officers at one desk its next version'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "consent-withdrawn" -d 'Take the innocent person out whose identity is misused, who no longer consents'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "link" -d 'Propose that two alerts belong together; another officer confirms it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "links" -d 'Show with which alerts an alert may belong together'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "list" -d 'List alerts, newest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "show" -d 'Show an alert with all that was said about it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "delivery" -d 'Show which units hold an alert, and since when: the proof of delivery'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "adopt" -d 'Let events count that came late: the node had lost them and began a new epoch'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "watch" -d 'Follow the live feed, one line an entry'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "example" -d 'Print the content of an invented alert, to start from'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "new" -d 'Begin the draft of a new alert; it gets its number now'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "amend" -d 'Begin the draft of an alert\'s next version'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "withdraw" -d 'Begin the draft of an alert\'s end'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "hide" -d 'Begin the draft of hiding an alert for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "reveal" -d 'Begin the draft of showing a hidden alert to all again'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "erase" -d 'Begin a draft by which what an alert says is gone everywhere, for good'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "save" -d 'Keep a next version of a draft'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "submit" -d 'Hand a draft to the approving officers'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "return" -d 'Give a draft back to who wrote it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "approve" -d 'Release a draft: it takes effect'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "discard" -d 'Give a draft up'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "list" -d 'List drafts, those that wait first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from draft" -f -a "show" -d 'Show a draft, and how it differs from the alert as it is'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from hit" -f -a "report" -d 'Report that what an alert is about was found'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from hit" -f -a "send" -d 'Send the reports that are kept because the line to the node failed: each once'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from hit" -f -a "answer" -d 'Answer a hit on an own alert: is it the one?'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from hit" -f -a "conclude" -d 'Say how a hit ended'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from link" -f -a "confirm" -d 'Say that the two alerts do belong together'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from link" -f -a "reject" -d 'Say that they do not'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "list" -d 'List the border zones'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "show" -d 'Show a zone with its members'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "define" -d 'Define a zone'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "redraw" -d 'Give a zone another name, or other members'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "split" -d 'Split a zone into others: they are defined, and it ends'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "end" -d 'End a zone: nothing new is issued there, and what is there goes on'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "request" -d 'Ask the registrar for a neighbour\'s zone, for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "requests" -d 'List the requests for zones that wait for the registrar'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "grant" -d 'Grant a unit a neighbour\'s zone, for a time'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from zone" -f -a "coverage" -d 'Say which units touch across a line of provinces and are in no common zone'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from unit" -f -a "list" -d 'List units'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "render" -d 'Write the configurations of a topology\'s NATS servers, as the directory is now'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "apply" -d 'Write them, and let the servers that run here take over what changed'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "serve" -d 'Run a server of the topology until SIGINT or SIGTERM; it follows the directory'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "ca" -d 'Make a certificate authority, for those who have none'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "certificate" -d 'Issue the certificate of a server or of a unit\'s node'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "link" -d 'Write the secret by which the hub knows the server of this node\'s province'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check every signature, chain and tree of a log, or everything in an evidence file'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "replay" -d 'Show what a node knew at a moment'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "export" -d 'Export events as an evidence file, which verifies with nothing else at hand'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "prove" -d 'Prove without disclosing: that an alert\'s events stand in this node\'s tree, or that the tree only grew'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "checkpoint" -d 'Print this node\'s tree as a signed checkpoint, to be kept by others'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "key" -d 'Make an auditor\'s key; its public half is for who exports to you'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "read" -d 'Read what an evidence file says, with the keys that were granted to you'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "diff" -d 'Say what two logs, or two moments of one, differ in'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from officer" -f -a "add" -d 'Give an officer an account. The first one is an administrator\'s, and ends what the owner of the node\'s socket may do without signing in'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from officer" -f -a "list" -d 'List the accounts'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from officer" -f -a "roles" -d 'Give an officer these roles and no others; it counts at once'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from officer" -f -a "password" -d 'Change the own password, or give an officer another one, who then has to change it'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from officer" -f -a "disable" -d 'Shut an officer out at once: sessions and tokens end'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from officer" -f -a "enable" -d 'Let an officer who was shut out sign in again'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from officer" -f -a "unlock" -d 'Let an officer sign in again who failed too often'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "issue" -d 'Issue a token by which a program acts for who has signed in; its secret is shown this once'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "list" -d 'List the own tokens, without their secrets'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "revoke" -d 'End a token at once'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "list" -d 'List the messages that lie there, oldest first'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "show" -d 'Show why a message lies there, and what can be read of its header'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "export" -d 'Write a message\'s bytes, as they came, into a new file'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from held" -f -a "rejudge" -d 'Have messages judged again by the running node, after a fix'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from fork" -f -a "list" -d 'List the forks that were found, by origin'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from fork" -f -a "show" -d 'Show the forks of an origin: who says so, and what was decided'
complete -c giapranh -n "__fish_giapranh_using_subcommand help; and __fish_seen_subcommand_from fork" -f -a "decide" -d 'Let this node go on with an origin: what it holds is judged again. No other node hears of it'
