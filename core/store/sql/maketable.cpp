// SPDX-License-Identifier: GPL-3.0-or-later
// Generates the typed table of a dialect's statements at build time.
//
//     maketable OUTPUT NAME OVERLAY BASE FILE...
//
// FILE is a name such as reading.sql: BASE/reading.sql holds blocks headed `-- name: retry`, and
// OVERLAY/reading.sql, if it exists, replaces some of them. The statements of reading.sql become
// the member `reading` of SqlText, so that a missing or unknown one does not compile.
// `fragments.sql` becomes the list of words in braces. Comments are left out.
#include <cctype>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {
using Blocks = std::vector<std::pair<std::string, std::string>>;

const std::string kHead = "-- name: ";

Blocks blocksOf(const std::string& path)
{
    std::ifstream file(path);
    if (!file)
        throw std::runtime_error(path + " cannot be read");
    Blocks blocks;
    std::string line;
    while (std::getline(file, line)) {
        if (line.rfind(kHead, 0) == 0)
            blocks.emplace_back(line.substr(kHead.size()), std::string());
        else if (line.rfind("--", line.find_first_not_of(' ')) != std::string::npos &&
                 line.find_first_not_of(' ') == line.find("--"))
            continue; // a comment
        else if (!blocks.empty())
            blocks.back().second += line + '\n';
        else if (!line.empty())
            throw std::runtime_error(path + ": text before the first name");
    }
    for (auto& [name, text] : blocks) {
        text.erase(text.find_last_not_of(" \n") + 1);
        if (text.empty())
            throw std::runtime_error(path + ": " + name + " is empty");
        if (text.back() == ';')
            text.pop_back();
    }
    return blocks;
}

Blocks overlaid(const std::string& base, const std::string& overlay, const std::string& file)
{
    Blocks blocks = blocksOf(base + '/' + file);
    if (overlay == base || !std::ifstream(overlay + '/' + file))
        return blocks;
    for (auto& [name, text] : blocksOf(overlay + '/' + file)) {
        bool isKnown = false;
        for (auto& [known, old] : blocks) {
            if (known == name) {
                old = text;
                isKnown = true;
            }
        }
        if (!isKnown)
            throw std::runtime_error(overlay + '/' + file + ": " + name + " replaces nothing");
    }
    return blocks;
}

std::string quoted(const std::string& text)
{
    return "R\"sql(" + text + ")sql\"";
}

void write(std::ostream& out, const std::vector<std::string>& arguments)
{
    const std::string &name = arguments[1], &overlay = arguments[2], &base = arguments[3];
    out << "// Made from core/store/sql.\n#include \"core/store/sqltext.h\"\n\n"
           "namespace queuedeck::store {\n\n"
           "template <class T>\nstatic const T& part(const T& part)\n{\n    return part;\n}\n"
           "template <class T>\nstatic const T& part(const std::optional<T>& part)\n{\n"
           "    return *part;\n}\n\nconst SqlText& "
        << name << "Text()\n{\n    static const SqlText text{\n";
    for (size_t i = 4; i < arguments.size(); ++i) {
        const std::string member = arguments[i].substr(0, arguments[i].find('.'));
        std::string type = member + "Sql";
        type[0] = char(std::toupper(type[0]));
        out << "." << member << " = " << (member == "fragments" ? "" : type) << "{\n";
        for (const auto& [statement, text] : overlaid(base, overlay, arguments[i])) {
            if (member == "fragments")
                out << "{\"" << statement << "\", " << quoted(text) << "},\n";
            else
                out << "." << statement << " = {\"" << statement << "\", " << quoted(text)
                    << "},\n";
        }
        out << "},\n";
    }
    out << "    };\n    return text;\n}\n\nstd::vector<const Sql*> " << name
        << "List()\n{\n    const SqlText& text = " << name << "Text();\n    return {\n";
    for (size_t i = 4; i < arguments.size(); ++i) {
        const std::string member = arguments[i].substr(0, arguments[i].find('.'));
        if (member == "fragments" || member == "tables" || member == "home" ||
            member == "imports" || member == "enrichment")
            continue;
        for (const auto& [statement, ignored] : overlaid(base, overlay, arguments[i]))
            out << "&part(text." << member << ")." << statement << ",\n";
    }
    out << "    };\n}\n\n} // namespace queuedeck::store\n";
}
} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    try {
        if (arguments.size() < 5)
            throw std::runtime_error("usage: maketable OUTPUT NAME OVERLAY BASE FILE...");
        std::ofstream out(arguments[0]);
        write(out, arguments);
        if (!out.flush())
            throw std::runtime_error(arguments[0] + " cannot be written");
    } catch (const std::exception& error) {
        std::cerr << "maketable: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
