// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/words.h"

#include <QStringView>

#include <algorithm>

namespace queuedeck::db {

namespace {
constexpr int kMostLevels = 8; // ends a word that contains itself

bool isWordPart(QChar c)
{
    return (c >= u'a' && c <= u'z') || c == u'_';
}

void append(QString& out, QStringView text, const Words& words, int level)
{
    while (!text.isEmpty()) {
        const qsizetype open = text.indexOf(u'{');
        if (open < 0)
            break;
        out += text.left(open);
        text = text.mid(open);
        qsizetype end = 1;
        while (end < text.size() && isWordPart(text[end]))
            ++end;
        const QStringView name = text.mid(1, end - 1);
        const bool isWord = end < text.size() && text[end] == u'}';
        const auto known =
            isWord && level < kMostLevels
                ? std::find_if(words.begin(), words.end(),
                               [name](const auto& word) { return word.first == name; })
                : words.end();
        if (known == words.end()) {
            out += u'{';
            text = text.mid(1);
            continue;
        }
        append(out, known->second, words, level + 1);
        text = text.mid(end + 1);
    }
    out += text;
}
} // namespace

QString filled(const QString& text, const Words& words)
{
    QString out;
    out.reserve(text.size() * 2);
    append(out, text, words, 0);
    return out;
}

} // namespace queuedeck::db
