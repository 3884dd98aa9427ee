#include "cli/help.h"

#include <algorithm>

namespace schemadiff::cli {
namespace {

struct Flag {
  std::string name;  // "--from"
  std::string description;
  bool takes_value = false;
  std::vector<std::string> choices;  // none: anything
};

struct HelpedCommand {
  std::string path;  // "plan", "debug graph"; empty: the program itself
  const CLI::App* app = nullptr;
  std::vector<Flag> flags;
  std::vector<const CLI::App*> commands;
};

// "text, sql or json" → its words; none where the description is no such list.
std::vector<std::string> choices_of(const std::string& description) {
  std::string list = description.substr(0, description.find(';'));
  const std::size_t last = list.rfind(" or ");
  if (last == std::string::npos) return {};
  list.replace(last, 4, ", ");
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(", ", at), list.size());
    words.push_back(list.substr(at, end - at));
    if (words.back().find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos)
      return {};
    at = end + 2;
  }
  return words;
}

void collect(const CLI::App& app, const std::string& path, std::vector<HelpedCommand>& commands) {
  HelpedCommand command{path, &app, {}, {}};
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames())
      command.flags.push_back({"--" + name, option->get_description(),
                               option->get_items_expected() > 0,
                               choices_of(option->get_description())});
  for (const CLI::App* sub : app.get_subcommands({})) command.commands.push_back(sub);
  commands.push_back(std::move(command));
  for (const CLI::App* sub : app.get_subcommands({}))
    collect(*sub, path.empty() ? sub->get_name() : path + " " + sub->get_name(), commands);
}

std::vector<HelpedCommand> commands_of(const CLI::App& root) {
  std::vector<HelpedCommand> commands;
  collect(root, {}, commands);
  return commands;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// In single quotes of a shell.
std::string shell_word(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// Shell code that finds the command among the words before the cursor, in bash and in zsh.
std::string find_command(const std::vector<HelpedCommand>& commands) {
  std::string cases;
  for (const HelpedCommand& command : commands)
    if (!command.path.empty()) cases += (cases.empty() ? "" : "|") + shell_word(command.path);
  return "  for word in \"${before[@]}\"; do\n"
         "    case \"${command:+$command }$word\" in\n      " +
         cases + ") command=\"${command:+$command }$word\" ;;\n    esac\n  done\n";
}

std::string bash(const std::vector<HelpedCommand>& commands) {
  std::string text =
      "# bash completion of schemadiff: eval \"$(schemadiff completion bash)\"\n"
      "_schemadiff() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local command= word words=\n"
      "  local -a before=(\"${COMP_WORDS[@]:1:COMP_CWORD-1}\")\n" +
      find_command(commands) + "  case \"$command|$previous\" in\n";
  for (const HelpedCommand& command : commands)
    for (const Flag& flag : command.flags)
      if (!flag.choices.empty())
        text += "    " + shell_word(command.path + "|" + flag.name) +
                ") words=" + shell_word(join(flag.choices)) + " ;;\n";
  text += "  esac\n  if [ -z \"$words\" ]; then\n    case \"$command\" in\n";
  for (const HelpedCommand& command : commands) {
    std::vector<std::string> words;
    for (const CLI::App* sub : command.commands) words.push_back(sub->get_name());
    for (const Flag& flag : command.flags) words.push_back(flag.name);
    text += "      " + shell_word(command.path) + ") words=" + shell_word(join(words)) + " ;;\n";
  }
  return text +
         "    esac\n  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _schemadiff schemadiff\n";
}

// A name and its description for _describe.
std::string described(std::string name, const std::string& description) {
  return shell_word(name + ":" + description);
}

std::string zsh(const std::vector<HelpedCommand>& commands) {
  std::string text =
      "#compdef schemadiff\n"
      "# zsh completion of schemadiff: schemadiff completion zsh > a file _schemadiff in fpath\n"
      "_schemadiff() {\n"
      "  local command= word previous=${words[CURRENT-1]}\n"
      "  local -a before=(${words[2,CURRENT-1]}) commands flags\n" +
      find_command(commands) + "  case \"$command|$previous\" in\n";
  for (const HelpedCommand& command : commands)
    for (const Flag& flag : command.flags)
      if (!flag.choices.empty())
        text += "    " + shell_word(command.path + "|" + flag.name) + ") compadd " +
                join(flag.choices) + "; return ;;\n";
  text += "  esac\n  case \"$command\" in\n";
  for (const HelpedCommand& command : commands) {
    text += "    " + shell_word(command.path) + ")\n      commands=(";
    for (const CLI::App* sub : command.commands)
      text += "\n        " + described(sub->get_name(), sub->get_description());
    text += ")\n      flags=(";
    for (const Flag& flag : command.flags)
      text += "\n        " + described(flag.name, flag.description);
    text += ") ;;\n";
  }
  return text +
         "  esac\n"
         "  (( ${#commands} )) && _describe -t commands command commands\n"
         "  [[ $PREFIX == -* ]] && _describe -o -t flags flag flags\n"
         "  (( ${#commands} )) || _files\n"
         "}\n"
         "if [ \"$funcstack[1]\" = _schemadiff ]; then _schemadiff; else compdef _schemadiff "
         "schemadiff; fi\n";
}

// When fish offers what belongs to a command.
std::string fish_condition(const HelpedCommand& command) {
  if (command.path.empty()) return "__fish_use_subcommand";
  const std::size_t blank = command.path.find(' ');
  std::string condition = "__fish_seen_subcommand_from " + command.path.substr(0, blank);
  if (blank != std::string::npos)
    condition += "; and __fish_seen_subcommand_from " + command.path.substr(blank + 1);
  return condition;
}

std::string fish(const std::vector<HelpedCommand>& commands) {
  std::string text = "# fish completion of schemadiff: schemadiff completion fish | source\n";
  for (const HelpedCommand& command : commands) {
    const std::string begin = "complete -c schemadiff -n " + shell_word(fish_condition(command));
    for (const CLI::App* sub : command.commands)
      text +=
          begin + " -f -a " + sub->get_name() + " -d " + shell_word(sub->get_description()) + "\n";
    for (const Flag& flag : command.flags) {
      text += begin + " -l " + flag.name.substr(2) + " -d " + shell_word(flag.description);
      if (!flag.choices.empty())
        text += " -x -a " + shell_word(join(flag.choices));
      else if (flag.takes_value)
        text += " -r";
      text += "\n";
    }
  }
  return text;
}

std::string troff(std::string_view text) {
  std::string result;
  bool begins = true;
  for (const char c : text) {
    if (begins && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
    begins = c == '\n';
  }
  return result;
}

// As it is laid out.
std::string verbatim(const std::string& text) {
  return ".PP\n.nf\n" + troff(text) + (text.ends_with('\n') ? "" : "\n") + ".fi\n";
}

std::string options_of(const CLI::App& app) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = option->get_name(option->get_positional(), true);
    text += ".TP\n.B " + troff(name) +
            (option->get_items_expected() > 0 && !option->get_type_name().empty()
                 ? " " + troff(option->get_type_name())
                 : "") +
            "\n" + troff(option->get_description()) + "\n";
  }
  return text;
}

}  // namespace

std::string completion(const CLI::App& root, const std::string& shell) {
  const std::vector<HelpedCommand> commands = commands_of(root);
  if (shell == "bash") return bash(commands);
  if (shell == "zsh") return zsh(commands);
  return shell == "fish" ? fish(commands) : std::string();
}

std::string man_page(const CLI::App& root, const std::string& version) {
  std::string text = ".TH SCHEMADIFF 1 \"\" \"schemadiff " + version +
                     "\" \"User Commands\"\n.SH NAME\nschemadiff \\- " +
                     troff(root.get_description()) +
                     "\n.SH SYNOPSIS\n.B schemadiff\n.I COMMAND\n[\\fIOPTIONS\\fR]\n";
  for (const HelpedCommand& command : commands_of(root)) {
    if (command.path.empty()) {
      text += ".SH OPTIONS\n" + options_of(root) + ".SH COMMANDS\n";
    } else {
      text += ".SS schemadiff " + troff(command.path) + "\n" +
              troff(command.app->get_description()) + "\n" + options_of(*command.app);
      // What footers share with that of the program stands at the end of the page.
      const std::string footer = command.app->get_footer();
      text += verbatim(footer.substr(0, footer.find("\nSRC is one of")));
    }
  }
  return text + ".SH SOURCES, EXIT STATUS AND EXAMPLES\n" + verbatim(root.get_footer());
}

}  // namespace schemadiff::cli
