// SPDX-License-Identifier: GPL-3.0-or-later
// Which words are ids.
#include "core/domain/errortokens.h"

#include <algorithm>

namespace queuedeck::domain {

bool looksLikeId(QStringView word)
{
    if (word.size() < 5)
        return false;
    int digits = 0;
    int changes = 0;
    bool isAllHex = true;
    bool isLatin = true;
    for (qsizetype i = 0; i < word.size(); ++i) {
        digits += isAsciiDigit(word[i]) ? 1 : 0;
        changes += i > 0 && isAsciiDigit(word[i]) != isAsciiDigit(word[i - 1]) ? 1 : 0;
        isAllHex = isAllHex && isHex(word[i]);
        isLatin = isLatin && word[i].unicode() < 0x80;
    }
    if (!isLatin || digits == 0 || digits == word.size())
        return false;
    if (word.startsWith(u"0x") || word.startsWith(u"0X"))
        return true;
    return (isAllHex && word.size() >= 8) || (word.size() >= 16 && digits >= 2) || changes >= 3;
}

bool looksLikeJoinedId(QStringView word)
{
    // "req_…" is a word and an id, each time.
    const auto first = std::find_if(word.begin(), word.end(), [](QChar c) { return !c.isLower(); });
    const bool hasPrefix =
        first != word.begin() && first != word.end() && (*first == u'_' || *first == u'-');
    if (word.size() < 18 || hasPrefix)
        return false;
    int changes = 0;
    int digits = 0;
    qsizetype lower = 0;
    const auto kindOf = [](QChar c) {
        return isAsciiDigit(c) ? 0 : c.isLower() ? 1 : c.isUpper() ? 2 : 3;
    };
    for (qsizetype i = 0; i < word.size(); ++i) {
        digits += isAsciiDigit(word[i]) ? 1 : 0;
        changes += i > 0 && kindOf(word[i]) != kindOf(word[i - 1]) ? 1 : 0;
        lower = word[i].isLower() ? lower + 1 : 0;
        if (lower >= 6 || word[i].unicode() >= 0x80)
            return false; // a word of a language
    }
    return digits >= 2 && changes * 3 >= word.size();
}

} // namespace queuedeck::domain
