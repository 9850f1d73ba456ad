// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/fuzzymatch.h"

#include <algorithm>

namespace queuedeck::ui {

namespace {
constexpr int kImpossible = -1'000'000;
constexpr int kLetter = 1, kStartsWord = 8, kFollows = 10, kStartsText = 4;
constexpr qsizetype kLongestTyped = 64, kLongestText = 256; // longer ones are cut

bool startsWord(const QString& text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    return !before.isLetterOrNumber() || (before.isLower() && text[at].isUpper());
}

QString foldedForm(const QString& text)
{
    QString folded = text;
    for (QChar& one : folded)
        one = one.toCaseFolded(); // letter by letter, so that positions stay
    return folded;
}
} // namespace

// best[i][j]: of the first i typed letters where the last of them is the j-th of the text.
std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const QString& text)
{
    QString wanted = foldedForm(typed.left(kLongestTyped));
    wanted.removeIf([](QChar one) { return one.isSpace(); });
    const QString folded = foldedForm(text.left(kLongestText));
    const qsizetype rows = wanted.size();
    const qsizetype columns = folded.size();
    if (rows == 0)
        return FuzzyMatch{};
    if (rows > columns)
        return {};
    QVector<QVector<int>> best(rows, QVector<int>(columns, kImpossible));
    QVector<QVector<qsizetype>> from(rows, QVector<qsizetype>(columns, -1));
    for (qsizetype i = 0; i < rows; ++i) {
        int bestBefore = kImpossible; // of the row above, up to two columns to the left
        qsizetype bestAt = -1;
        for (qsizetype j = i; j < columns; ++j) {
            if (i > 0 && j >= 2 && best[i - 1][j - 2] > bestBefore) {
                bestBefore = best[i - 1][j - 2];
                bestAt = j - 2;
            }
            if (folded[j] != wanted[i])
                continue;
            const int own =
                kLetter + (startsWord(text, j) ? kStartsWord : 0) + (j == 0 ? kStartsText : 0);
            if (i == 0) {
                best[i][j] = own;
                continue;
            }
            const int following = j > 0 && best[i - 1][j - 1] > kImpossible
                                      ? best[i - 1][j - 1] + kFollows
                                      : kImpossible;
            if (following >= bestBefore && following > kImpossible) {
                best[i][j] = following + own;
                from[i][j] = j - 1;
            } else if (bestBefore > kImpossible) {
                best[i][j] = bestBefore + own;
                from[i][j] = bestAt;
            }
        }
    }
    const QVector<int>& last = best.last();
    const auto end = std::max_element(last.cbegin(), last.cend());
    if (*end == kImpossible)
        return {};
    FuzzyMatch match;
    // Of two texts with the same letters, the shorter one is meant.
    match.score = *end * 16 - int(std::min<qsizetype>(columns, 255) / 16);
    qsizetype at = end - last.cbegin();
    for (qsizetype i = rows - 1; i >= 0; --i) {
        match.letters.prepend(at);
        at = from[i][at];
    }
    return match;
}

} // namespace queuedeck::ui
