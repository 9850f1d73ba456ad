// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/textline.h"

#include <QList>
#include <QString>
#include <QVector>

namespace queuedeck::handlers {

/// What may precede a value on a card: "T", "Fax", "E:", "www".
/// Number: of a register, a tax, an account, a licence: the digits that follow are not a phone's.
enum class Label { None, Phone, Fax, Email, Web, Address, Number };

/// A part of a line that belongs together, in reading order. What a parser has taken from it is cut
/// out of its text, so the next parser sees the rest.
struct Piece
{
    QString text;
    QRectF box; ///< null where the recogniser gave none
    int order = 0;
    Label label = Label::None;
};

/// Trimmed, with single spaces.
QString tidied(const QString& text);
/// For comparison: lower case, letters and digits only, without accents, ß as ss.
QString folded(const QString& text);
/// 0 different … 1 the same, by edit distance.
double likeness(const QString& one, const QString& other);
/// As `folded`, with letters that a recogniser confuses made the same: 1 l i, 0 o, rn m, vv w.
QString confusable(const QString& text);

/// Whether the two are in one row, or one below the other in one column with little between them.
bool sameRow(const QRectF& one, const QRectF& other);
bool directlyBelow(const QRectF& upper, const QRectF& lower, double lines = 1.3);

/// The lines split at | • · and wide gaps, with isolated labels joined to what they label.
QList<Piece> piecesOf(const QVector<TextLine>& lines);
/// Cuts off the label that `text` begins with; `alone` if there is nothing else in it.
Label takeLabel(QString& text, bool& alone);

} // namespace queuedeck::handlers
