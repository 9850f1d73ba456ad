// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/importtarget.h"

#include <QDate>

#include <tl/expected.hpp>

namespace queuedeck::handlers {

/// How numbers and days are written in a file.
struct ValueStyle
{
    bool decimalComma = false; ///< 1.234,56; else 1,234.56
    bool dayFirst = false;     ///< 3/11/2026 is in November; else in March

    bool operator==(const ValueStyle&) const = default;
};

/// Finds out the style from the values themselves: only those count that can be read one way.
class StyleEvidence
{
public:
    void add(domain::ImportKind kind, const QString& value);
    /// `usual`: where nothing tells.
    ValueStyle style(const ValueStyle& usual) const;

private:
    qint64 m_commas = 0;
    qint64 m_points = 0;
    qint64 m_dayFirst = 0;
    qint64 m_monthFirst = 0;
};

/// A value as ImportRow wants it, or why it cannot be one: "not a number". An empty value gives a
/// null string.
tl::expected<QString, QString> convertedValue(domain::ImportKind kind, const QString& value,
                                              const ValueStyle& style);

/// The day of a value that convertedValue has made; invalid if it is null.
QDate dayOf(const QString& value);

/// Amounts are computed exactly, in ten-thousandths.
constexpr qint64 kDecimalUnit = 10'000;
/// From a value that convertedValue has made; further digits are rounded.
qint64 decimalUnits(const QString& number);
QString decimalText(qint64 units);

} // namespace queuedeck::handlers
