// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace queuedeck::tabular {

/// A field of a CSV file (RFC 4180), quoted where it must be.
QString csvField(QString value);

/// The same for a text of which nothing is known: where a spreadsheet would take it for a formula,
/// which may run a program or send data away, an apostrophe is put in front.
QString csvText(QString value);
/// The same in UTF-8 at the end of `line`, without further copies: for files of millions of lines.
void addCsvText(QByteArray& line, QStringView value);

} // namespace queuedeck::tabular
