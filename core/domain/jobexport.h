// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/job.h"
#include "core/domain/page.h"

#include <QByteArray>
#include <QStringList>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

enum class ExportFormat { Csv, Jsonl, Xlsx };
QString exportFormatName(ExportFormat format); ///< "csv"
std::optional<ExportFormat> exportFormatFrom(const QString& name);

enum class ExportColumn {
    Id,
    Type,
    Status,
    Attempts,
    CreatedAt,
    StartedAt,
    CompletedAt,
    Waited,
    Ran,
    Error,
    Payload,
};
inline constexpr int kExportColumns = 11;
/// As it stands in a file: "createdAt". Such names never change.
QString exportColumnName(ExportColumn column);
/// Invalid: which name is unknown, and which there are.
base::Result<QVector<ExportColumn>> exportColumnsFrom(const QStringList& names);
/// What is exported unless somebody chose: all that a row of Job holds.
QVector<ExportColumn> usualExportColumns();

/// How a value of a payload is written.
enum class Masking {
    AsStored,
    HostOnly, ///< of an address, its host
    Hashed,   ///< equal values stay equal within a file, and can be compared with no other file
    Hidden,
};
inline const QString kHiddenValue = QStringLiteral("•••");

/// A place in a payload, as in the filter language without "payload.": "uploader.email". It leads
/// through lists: "items.name" is the name of every item.
struct ExportPath
{
    QString path;
    Masking masking = Masking::AsStored;

    QStringList steps() const { return path.split(u'.'); }
    bool operator==(const ExportPath&) const = default;
};
/// From "payload.uploader.email" or "uploader.email"; Invalid if there is no such place.
base::Result<ExportPath> exportPathFrom(const QString& text);
/// From "PATH=hide", "PATH=hash" or "PATH=host"; Invalid: what is wrong with it.
base::Result<ExportPath> exportMaskFrom(const QString& text);
/// What a value under this name starts with: names that look personal are hidden, addresses show
/// their host.
Masking usualMasking(const QString& path, const QString& example);

/// How jobs are written to a file.
struct ExportChoice
{
    enum class Payload {
        Whole, ///< as one JSON value; `paths` are what is masked in it
        Paths, ///< a column for each of `paths`
    };
    enum class Times {
        Iso,   ///< 2026-11-23T14:37:11.000Z
        Plain, ///< 2026-11-23 14:37:11, with the zone in the name of the column
    };

    ExportFormat format = ExportFormat::Csv;
    QVector<ExportColumn> columns = usualExportColumns(); ///< in this order
    Payload payload = Payload::Whole;
    QVector<ExportPath> paths = {};
    QByteArray zone = "UTC"; ///< IANA's name; JSON lines are in UTC whatever this says
    Times times = Times::Iso;
    bool hasBom = false;       ///< CSV only: a mark at the beginning that says UTF-8
    bool isCompressed = false; ///< by gzip; not for XLSX, which is compressed as it is

    bool operator==(const ExportChoice&) const = default;
};
/// Invalid: why a file cannot be written so.
base::Status checkExport(const ExportChoice& choice);

/// The most jobs that a sheet of a workbook holds beside its header.
inline constexpr qint64 kMostInSheet = 1'048'575;

/// Which jobs: these, in this order, or what matches at the time each is read, newest first.
struct ExportScope
{
    JobFilter filter = {};
    std::optional<JobIds> ids = std::nullopt;
};

/// A row as it can be exported: its error whole, its payload as stored.
struct ExportedJob
{
    Job job;
    QByteArray payload;
    QDateTime startedAt = {}; ///< of the last attempt that ended; invalid if none was recorded
    QDateTime endedAt = {};
};

/// Some of the jobs of an export, and where the next ones are to be read.
struct ExportedPage
{
    QVector<ExportedJob> jobs;
    std::optional<PageRequest> next; ///< none: these were the last
};

/// A place that payloads of an export have.
struct ExportPlace
{
    QString path;
    QByteArray example; ///< JSON, perhaps cut; empty: only nulls were seen
    qint64 jobs = 0;    ///< of those that were looked at
};

/// How a file would begin.
struct ExportPreview
{
    QStringList lines; ///< of a text; the first may be the header
    qint64 jobs = 0;   ///< that the sizes are of
    qint64 bytes = 0;
    qint64 compressedBytes = 0;
};

/// What was written.
struct ExportReport
{
    qint64 jobs = 0;
    qint64 bytes = 0;
    qint64 cut = 0;    ///< texts that were longer than a cell of a workbook may be
    qint64 unread = 0; ///< payloads that are no JSON, and were hidden because something is masked
};

} // namespace queuedeck::domain
