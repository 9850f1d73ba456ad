// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/sqlitelike.h"

#include <QString>

#include <sqlite3.h>
#include <vector>

namespace queuedeck::db {

namespace {
// A pattern, parsed once for all rows.
struct Pattern
{
    enum class Kind : quint8 { One, Any, Char };
    struct Part
    {
        Kind kind;
        char32_t character = 0; ///< of Char, folded
    };
    std::vector<Part> parts;
};

std::vector<char32_t> folded(QStringView text)
{
    std::vector<char32_t> characters;
    characters.reserve(size_t(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        // Folds groups such as Σ, σ, ς, or K and the kelvin sign.
        characters.push_back(QChar::toCaseFolded(c));
    }
    return characters;
}

QString textOf(sqlite3_value* value)
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return QString::fromUtf8(text, sqlite3_value_bytes(value));
}

Pattern* patternOf(sqlite3_value* value, const QString& escape)
{
    auto* pattern = new Pattern;
    const std::vector<char32_t> text = folded(textOf(value));
    const std::vector<char32_t> marks = folded(escape);
    const char32_t mark = marks.empty() ? 0 : marks.front();
    for (size_t i = 0; i < text.size(); ++i) {
        if (mark && text[i] == mark && i + 1 < text.size())
            pattern->parts.push_back({Pattern::Kind::Char, text[++i]});
        else if (text[i] == U'%')
            pattern->parts.push_back({Pattern::Kind::Any});
        else if (text[i] == U'_')
            pattern->parts.push_back({Pattern::Kind::One});
        else
            pattern->parts.push_back({Pattern::Kind::Char, text[i]});
    }
    return pattern;
}

// Backtracks to the last % only, so that time is bounded by pattern length times text length.
bool matches(const Pattern& pattern, const std::vector<char32_t>& text)
{
    using Kind = Pattern::Kind;
    size_t at = 0, part = 0, lastAny = size_t(-1), resumeAt = 0;
    while (at < text.size()) {
        const bool isLeft = part < pattern.parts.size();
        if (isLeft && pattern.parts[part].kind == Kind::Any) {
            lastAny = part++;
            resumeAt = at;
        } else if (isLeft && (pattern.parts[part].kind == Kind::One ||
                              pattern.parts[part].character == text[at])) {
            ++part;
            ++at;
        } else if (lastAny != size_t(-1)) {
            part = lastAny + 1;
            at = ++resumeAt;
        } else {
            return false;
        }
    }
    while (part < pattern.parts.size() && pattern.parts[part].kind == Kind::Any)
        ++part;
    return part == pattern.parts.size();
}

// like(PATTERN, TEXT [, ESCAPE]), as SQLite calls its operator.
void like(sqlite3_context* context, int count, sqlite3_value** values)
{
    if (sqlite3_value_type(values[0]) == SQLITE_NULL ||
        sqlite3_value_type(values[1]) == SQLITE_NULL)
        return; // NULL
    auto* pattern = static_cast<Pattern*>(sqlite3_get_auxdata(context, 0));
    if (!pattern) {
        pattern = patternOf(values[0], count > 2 ? textOf(values[2]) : QString());
        sqlite3_set_auxdata(context, 0, pattern,
                            [](void* known) { delete static_cast<Pattern*>(known); });
        pattern = static_cast<Pattern*>(sqlite3_get_auxdata(context, 0));
        if (!pattern) {
            sqlite3_result_error_nomem(context);
            return;
        }
    }
    sqlite3_result_int(context, matches(*pattern, folded(textOf(values[1]))) ? 1 : 0);
}
} // namespace

void foldAllLettersInLike(sqlite3* handle)
{
    for (const int count : {2, 3})
        sqlite3_create_function_v2(handle, "like", count,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                                   &like, nullptr, nullptr, nullptr);
}

} // namespace queuedeck::db
