// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/report.h"

#include <QVector>

#include <chrono>
#include <variant>

namespace queuedeck::domain {

/// A part of a whole: 0.019 is 1.9 %.
struct ReportShare
{
    double value = 0;
    bool operator==(const ReportShare&) const = default;
};

/// A value in a report; none means not known. Each format writes it as what it is: a number in a
/// spreadsheet is a number.
using ReportValue = std::variant<std::monostate, QString, qint64, double, ReportShare,
                                 std::chrono::milliseconds, QDate, QDateTime>;

/// As people read it: "12,431", "1.9 %", "36.5 min", "Fri 20 03:52", "–" if it is not known. Text
/// is harmless: see base::visibleText.
QString reportValueText(const ReportValue& value);
/// As programs read it: 12431, 0.019, seconds, ISO 8601 in UTC, nothing if it is not known.
QString reportValueData(const ReportValue& value);

enum class ReportTone { Normal, Good, Bad, Doubtful };

/// One of the figures at the head of a report.
struct ReportFigure
{
    QString title;
    ReportValue value;
    QString note = {}; ///< "was 6.2 s"
    ReportTone tone = ReportTone::Normal;

    bool operator==(const ReportFigure&) const = default;
};

/// A table, which a page may draw as a chart. The first column of a chart holds its labels, the
/// others one series each; `tones` are those of the series.
struct ReportTable
{
    enum class Drawing { Rows, StackedBars, Bars, Line };

    QString title;
    QString note = {};
    Drawing drawing = Drawing::Rows;
    QStringList columns = {};
    QVector<QVector<ReportValue>> rows = {};
    QVector<ReportTone> tones = {};
    bool hasTotal = false; ///< the last row
    int wide = -1;         ///< the column that gets the room that is left; -1: the first
    bool isHalf = false;   ///< beside the next one on a page

    bool operator==(const ReportTable&) const = default;
};

/// All that a report says, before it becomes a page or a sheet. A value.
struct ReportDocument
{
    QString title;    ///< "Queue health, last week"
    QString days;     ///< "Monday 16 to Sunday 22 November 2026, UTC"
    QString place;    ///< the database's name
    QString server;   ///< "PostgreSQL 15.8"
    QString headline; ///< the worst finding, else "Nothing unusual."
    QString finding;  ///< what follows it
    QVector<ReportFigure> figures;
    QVector<ReportTable> tables;
    QString footnote; ///< what the figures are
    QDateTime readAt; ///< UTC
    JobId job;

    bool operator==(const ReportDocument&) const = default;
};

} // namespace queuedeck::domain
