// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace queuedeck::domain {

/// What the part of an error is that differs from one job to the next.
enum class LeftOut { Number, Id, Host, Url, Path, Time, Text };

/// What stands in its place: "#", "{id}", "{host}", "{url}", "{path}", "{time}", "{text}".
QString placeholder(LeftOut kind);

/// What errors with the same cause have in common.
struct ErrorSignature
{
    /// A part that was left out.
    struct Place
    {
        LeftOut kind = LeftOut::Number;
        qsizetype at = 0; ///< where its placeholder is in the text
        QString value;    ///< at most kMostOfAValue characters

        bool operator==(const Place&) const = default;
    };

    /// "Vision request: timeout after # s (attempt # of #)"; empty: the error says nothing.
    QString text;
    QVector<Place> places; ///< at most kMostPlaces; further ones are in the text only

    bool operator==(const ErrorSignature&) const = default;
};

constexpr qsizetype kMostOfASignature = 300; ///< characters of a text; a longer one ends in "…"
constexpr qsizetype kMostPlaces = 8;
constexpr qsizetype kMostOfAValue = 60;

/// The signature of an error: its first line with anything in it (of a Python traceback the last,
/// and the next one too where a line ends in a colon) without numbers, ids, hosts, addresses,
/// paths, times and quoted text. A number that says what went wrong is kept: "HTTP 504", "code
/// 23505". Whatever the text is, it costs a few microseconds: no more than the first 2,000
/// characters count, as lists read no more.
ErrorSignature signatureOf(const QString& error);

/// The line of an error that the signature is made from, on one line and without invisible
/// characters.
QString tellingLine(const QString& error);

/// What stands between the places of a signature, in order; without pieces shorter than three
/// characters.
QStringList literalsOf(const ErrorSignature& signature);

} // namespace queuedeck::domain
