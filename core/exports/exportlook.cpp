// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/exportlook.h"

#include "core/domain/jsonplaces.h"
#include "core/domain/payloadmask.h"
#include "core/domain/safejson.h"
#include "core/exports/fileformat.h"
#include "core/tabular/gzip.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::exports {

namespace {
constexpr qsizetype kMostPlaces = 200;
constexpr qsizetype kLongestExample = 200;
} // namespace

QVector<domain::ExportPlace> placesOf(const QVector<domain::ExportedJob>& jobs)
{
    QVector<domain::ExportPlace> places;
    QHash<QString, qsizetype> known;
    for (const domain::ExportedJob& job : jobs) {
        if (!domain::isOneJsonValue(job.payload))
            continue;
        for (const domain::JsonPlace& place : domain::placesIn(job.payload)) {
            const QString path = place.path.join(u'.');
            const auto found = known.constFind(path);
            if (found == known.cend() && places.size() >= kMostPlaces)
                continue;
            const QByteArrayView value =
                QByteArrayView(job.payload).sliced(place.value.start, place.value.length);
            if (found == known.cend()) {
                known.insert(path, places.size());
                places += {path, {}, 0};
            }
            domain::ExportPlace& one = places[known.value(path)];
            ++one.jobs;
            if (one.example.isEmpty() && value != "null")
                one.example = value.first(std::min(value.size(), kLongestExample)).toByteArray();
        }
    }
    std::stable_sort(places.begin(), places.end(),
                     [](const auto& a, const auto& b) { return a.jobs > b.jobs; });
    return places;
}

base::Result<domain::ExportPreview> previewOf(const QVector<domain::ExportedJob>& jobs,
                                              const domain::ExportChoice& choice)
{
    if (const base::Status valid = domain::checkExport(choice); !valid)
        return valid.error();
    // A workbook is shown as the table that it holds, and is about as large as this compressed.
    domain::ExportChoice shown = choice;
    shown.isCompressed = false;
    shown.hasBom = false;
    if (choice.format == domain::ExportFormat::Xlsx) {
        shown.format = domain::ExportFormat::Csv;
        shown.times = domain::ExportChoice::Times::Plain;
    }
    QByteArray text;
    const auto target = ExportTarget::stream([&text](const QByteArray& bytes) {
        text += bytes;
        return base::Status();
    });
    const auto format = FileFormat::make(shown, *target);
    if (!format)
        return format.error();
    domain::ExportPreview preview;
    if (const base::Status done = (*format)->begin(); !done)
        return done.error();
    const qsizetype header = text.size();
    constexpr qsizetype kShown = 2;
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        const qsizetype before = text.size();
        if (const base::Status done = (*format)->add({jobs[i]}); !done)
            return done.error();
        if (i < kShown)
            preview.lines += QString::fromUtf8(text.mid(before)).trimmed();
    }
    if (header > 0)
        preview.lines.prepend(QString::fromUtf8(text.left(header)).trimmed());
    preview.jobs = jobs.size();
    preview.bytes = text.size() - header;
    tabular::Gzip gzip;
    const qsizetype first = gzip.add(text).size();
    preview.compressedBytes = first + gzip.finish().size();
    return preview;
}

} // namespace queuedeck::exports
