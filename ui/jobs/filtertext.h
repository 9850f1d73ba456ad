// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace queuedeck::ui {

/// A term of the filter as a person types it: `field:value`, quoted if necessary.
QString filterTerm(const QString& field, const QString& value,
                   const QString& op = QStringLiteral(":"));

/// The value of the only plain term of these fields ("status", "is"); empty when there is none or
/// the text says more than one thing about it.
QString termValue(const QString& text, const QStringList& fields);

/// The text with `term` instead of the plain terms of these fields, the rest as it was; an empty
/// `term` only removes them.
QString withTerm(const QString& text, const QStringList& fields, const QString& term);

/// The text without this one condition, plain or negated, where it stands by itself.
QString withoutCondition(const QString& text, const QString& term);

/// The text with one more condition.
QString withAdded(const QString& text, const QString& term);

} // namespace queuedeck::ui
