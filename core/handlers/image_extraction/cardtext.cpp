// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardtext.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace queuedeck::handlers {

using namespace Qt::StringLiterals;

namespace {

/// The box of the letters from `from` to `to` of a line, assuming letters of equal width.
QRectF partOf(const TextLine& line, qsizetype from, qsizetype to)
{
    if (line.box.isNull() || line.text.isEmpty())
        return line.box;
    const double letter = line.box.width() / double(line.text.size());
    return {line.box.left() + letter * double(from), line.box.top(), letter * double(to - from),
            line.box.height()};
}

void attachLonelyLabels(QList<Piece>& pieces)
{
    for (qsizetype at = 0; at < pieces.size(); ++at) {
        QString text = pieces.at(at).text;
        bool alone = false;
        const Label label = takeLabel(text, alone);
        if (label == Label::None || !alone)
            continue;
        qsizetype best = -1;
        for (qsizetype other = 0; other < pieces.size(); ++other) {
            const QRectF& box = pieces.at(other).box;
            if (other == at || pieces.at(other).label != Label::None)
                continue;
            if (box.isNull() ? other == at + 1
                             : sameRow(pieces.at(at).box, box) &&
                                   box.left() >= pieces.at(at).box.right() - 2 &&
                                   (best < 0 || box.left() < pieces.at(best).box.left()))
                best = other;
        }
        if (best >= 0)
            pieces[best].label = label;
        if (label != Label::Number) // a licence needs those
            pieces[at].text.clear();
    }
    pieces.removeIf([](const Piece& piece) { return piece.text.isEmpty(); });
}

} // namespace

QString tidied(const QString& text)
{
    return text.simplified().left(300).trimmed();
}

QString folded(const QString& text)
{
    QString result;
    QString source = text.toLower();
    source.replace(u'ß', u"ss"_s).replace(u'ø', u'o').replace(u'æ', u"ae"_s);
    source = source.normalized(QString::NormalizationForm_D);
    for (const QChar letter : std::as_const(source)) {
        if (letter.isLetterOrNumber())
            result += letter;
    }
    return result;
}

QString confusable(const QString& text)
{
    QString result = folded(text);
    result.replace(u'1', u'l').replace(u'i', u'l').replace(u'0', u'o').replace(u'5', u's');
    return result.replace(u"rn"_s, u"m"_s).replace(u"vv"_s, u"w"_s);
}

double likeness(const QString& one, const QString& other)
{
    if (one.isEmpty() || other.isEmpty())
        return 0;
    QList<int> row(other.size() + 1);
    for (int column = 0; column < row.size(); ++column)
        row[column] = column;
    for (int line = 1; line <= one.size(); ++line) {
        int diagonal = std::exchange(row[0], line);
        for (int column = 1; column < row.size(); ++column) {
            const int change = diagonal + (one.at(line - 1) != other.at(column - 1));
            diagonal = row.at(column);
            row[column] = std::min({change, row.at(column) + 1, row.at(column - 1) + 1});
        }
    }
    return 1.0 - double(row.last()) / double(std::max(one.size(), other.size()));
}

bool sameRow(const QRectF& one, const QRectF& other)
{
    const double shared = std::min(one.bottom(), other.bottom()) - std::max(one.top(), other.top());
    return shared > 0.5 * std::min(one.height(), other.height());
}

bool directlyBelow(const QRectF& upper, const QRectF& lower, double lines)
{
    if (upper.isNull() || lower.isNull())
        return true;
    const double height = std::max(upper.height(), lower.height());
    const double gap = lower.top() - upper.bottom();
    const bool oneColumn = std::abs(upper.left() - lower.left()) < height ||
                           std::abs(upper.right() - lower.right()) < height ||
                           std::abs(upper.center().x() - lower.center().x()) < height * 1.5;
    return oneColumn && gap > -0.4 * height && gap < lines * height;
}

QList<Piece> piecesOf(const QVector<TextLine>& lines)
{
    static const QRegularExpression gap(
        // A bar right before an email may be its first letter, and a dash between digits is part of
        // their number.
        u"\\s*(?:[•·●∙¦‖]|\\|(?!\\S*@))\\s*|\\s{3,}|(?<![\\d\\s])\\s+[-–—~*]{1,2}\\s+(?=[(0-9])"
        u"|\\s+[-–—~*]{1,2}\\s+(?=\\+|\\S+@|www)"_s);
    // What a recogniser makes of a logo or an icon before or after the words.
    static const QRegularExpression icons(
        u"^(?:[^\\p{L}\\d+(#&\"“'/]+\\s+)+|(?:\\s+[^\\p{L}\\d.)&\"”':#\\-]+)+$"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    QList<Piece> pieces;
    for (const TextLine& line : lines) {
        qsizetype from = 0;
        QRegularExpressionMatchIterator gaps = gap.globalMatch(line.text);
        while (from <= line.text.size()) {
            const bool more = gaps.hasNext();
            const QRegularExpressionMatch match = more ? gaps.next() : QRegularExpressionMatch();
            const qsizetype to = more ? match.capturedStart() : line.text.size();
            const QString text = line.text.mid(from, to - from).simplified().remove(icons);
            if (!text.isEmpty())
                pieces.append({text, partOf(line, from, to), int(pieces.size()), Label::None});
            if (!more)
                break;
            from = match.capturedEnd();
        }
    }
    attachLonelyLabels(pieces);
    return pieces;
}

} // namespace queuedeck::handlers
