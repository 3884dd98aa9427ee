// What text reports are laid out with: width, colour, wrapping.
#include "cli/report/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "cli/options.h"

namespace schemadiff::cli {
namespace {

bool wants_color(Color color, int fd) {
  if (color != Color::Auto) return color == Color::Always;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return ::isatty(fd) && !(no_color && *no_color) && !(term && std::string_view(term) == "dumb");
}

std::size_t columns(int fd) {
  if (const char* said = std::getenv("COLUMNS"))
    if (const int n = std::atoi(said); n > 0) return static_cast<std::size_t>(n);
  winsize size{};
  if (::isatty(fd) && ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

}  // namespace

Terminal standard_output(Color color, bool is_file) {
  if (is_file) return {100, color == Color::Always};
  return {std::max<std::size_t>(columns(STDOUT_FILENO), 40), wants_color(color, STDOUT_FILENO)};
}

bool standard_error_color(Color color) { return wants_color(color, STDERR_FILENO); }

std::string paint(std::string_view text, Style style, const Terminal& terminal) {
  static constexpr const char* kCodes[] = {"", "1", "2", "32", "33", "1;31"};
  if (!terminal.color || style == Style::Plain) return std::string(text);
  return "\033[" + std::string(kCodes[static_cast<std::size_t>(style)]) + "m" + std::string(text) +
         "\033[0m";
}

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent, std::size_t used) {
  std::string result;
  std::size_t column = used;
  bool first = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \n\t", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \n\t", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t size = display_width(word);
    if (!first && column + 1 + size > width) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      result += ' ';
      ++column;
    }
    result += word;
    column += size;
    first = false;
    at = end;
  }
  return result + "\n";
}

std::string prefix_lines(std::string_view text, std::string_view prefix) {
  std::string result;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    // An empty line keeps no trailing blanks.
    if (line.empty())
      result += prefix.substr(0, prefix.find_last_not_of(' ') + 1);
    else
      result.append(prefix).append(line);
    result += '\n';
    at = end + 1;
  }
  return result;
}

}  // namespace schemadiff::cli
