// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingitem.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

bool SettingItem::matches(const QString& search) const
{
    QString all = group + u'\n' + title + u'\n' + note + u'\n' + where;
    for (const auto& [label, value] : choices)
        all += u'\n' + label;
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.cbegin(), words.cend(), [&all](const QString& word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
}

QVector<std::pair<int, int>> hitsIn(const QString& text, const QString& search)
{
    QVector<std::pair<int, int>> hits;
    for (const QString& word : search.split(u' ', Qt::SkipEmptyParts)) {
        for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(word, at + word.size(), Qt::CaseInsensitive))
            hits += {int(at), int(word.size())};
    }
    std::sort(hits.begin(), hits.end());
    return hits;
}

} // namespace queuedeck::ui
