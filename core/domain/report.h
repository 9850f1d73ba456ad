// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace queuedeck::domain {

/// The job type that makes reports.
inline const QString kReportType = QStringLiteral("report_generation");

enum class ReportKind { QueueHealth, Scans, Imports, Enrichment, Spend };
enum class ReportFormat { Pdf, Xlsx, Csv };

/// As in payloads: "queue_health", "pdf".
QString reportKindText(ReportKind kind);
QString reportFormatText(ReportFormat format);
std::optional<ReportKind> reportKindFromText(const QString& text);
std::optional<ReportFormat> reportFormatFromText(const QString& text);
/// The words that a payload's `report` may have, in the order of display.
QStringList reportKinds();
/// For people: "Queue health".
QString reportTitle(ReportKind kind);

/// The words that a payload's `period` may have.
QStringList reportPeriods();

/// Whole days in UTC, from `from` up to but not including `to`.
struct ReportSpan
{
    QDateTime from;
    QDateTime to;
    QString name; ///< "last week"; empty if it was given by dates

    int days() const { return int(from.daysTo(to)); }
    /// As many days, just before it.
    ReportSpan before() const;
    /// "Monday 16 to Sunday 22 November 2026".
    QString words() const;

    bool operator==(const ReportSpan&) const = default;
};

/// What a payload of report_generation asks for.
struct ReportRequest
{
    ReportKind kind = ReportKind::QueueHealth;
    ReportFormat format = ReportFormat::Pdf;
    QString period = QStringLiteral("last_week"); ///< empty: from and to
    QDate from;
    QDate to; ///< the last day; not set: the day on which the report is asked for

    /// An older payload of the web application, which has only `reportType`, is taken for the
    /// report on the queue over the period it names: daily, weekly or monthly. Invalid: any other,
    /// and whatever is not possible, with a sentence.
    static base::Result<ReportRequest> fromPayload(const QJsonObject& payload);
    QJsonObject payload() const;
    /// The days it means if it is asked for at this moment. Invalid if the first is after the last,
    /// or there are more than 366.
    base::Result<ReportSpan> span(const QDateTime& asked) const;

    bool operator==(const ReportRequest&) const = default;
};

/// A report that was made on this computer.
struct ReportFile
{
    JobId job;
    ReportKind kind = ReportKind::QueueHealth;
    ReportFormat format = ReportFormat::Pdf;
    qint64 bytes = 0;
    QDateTime madeAt; ///< UTC
    QString path;

    bool operator==(const ReportFile&) const = default;
};

} // namespace queuedeck::domain
