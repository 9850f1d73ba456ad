// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imageextractionhandler.h"

#include "core/domain/scan.h"
#include "core/handlers/image_extraction/cardfields.h"
#include "core/handlers/image_extraction/imagecheck.h"
#include "core/handlers/image_extraction/imageprepare.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using engine::TaskResult;

namespace {
// Below this mean confidence, weighted by length, a picture may stand on its side or its head.
// What stands upright is read with 0.9, what stands on its head with 0.65 at most.
constexpr double kReadsWell = 0.8;
constexpr double kLeastLineConfidence = 0.45;

// The recogniser reads lines that run upwards too, but then where they stand says nothing.
bool runsUpwards(const TextLine& line)
{
    return line.text.size() > 3 && line.box.height() > line.box.width();
}

// Much text read with confidence is worth more than little.
double worth(const QVector<TextLine>& lines)
{
    double sum = 0;
    for (const TextLine& line : lines) {
        if (!runsUpwards(line))
            sum += std::max(0.0, line.confidence - 0.3) * double(line.text.size());
    }
    return sum;
}

// Lines that run upwards count as not read.
double meanConfidence(const QVector<TextLine>& lines)
{
    double sum = 0;
    double length = 0;
    for (const TextLine& line : lines) {
        sum += runsUpwards(line) ? 0 : line.confidence * double(line.text.size());
        length += double(line.text.size());
    }
    return length > 0 ? sum / length : 0;
}

bool overlaps(const QRectF& a, const QRectF& b)
{
    const QRectF both = a.intersected(b);
    return both.width() * both.height() >
           0.25 * std::min(a.width() * a.height(), b.width() * b.height());
}

// The lines of `more` that stand where `lines` has nothing.
void addMissing(QVector<TextLine>& lines, const QVector<TextLine>& more)
{
    for (const TextLine& line : more) {
        if (line.confidence < 0.6 || line.text.size() < 3)
            continue;
        const bool isKnown =
            std::any_of(lines.cbegin(), lines.cend(),
                        [&line](const TextLine& known) { return overlaps(known.box, line.box); });
        if (!isKnown)
            lines.push_back(line);
    }
}

TaskResult failureFor(const base::Error& error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled: return TaskResult::postponed(error.detail);
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout: return TaskResult::failed(error.detail);
    default: return TaskResult::unrecoverable(error.detail);
    }
}

bool saysNothing(const QJsonObject& fields, domain::ScanType type)
{
    if (type == domain::ScanType::BusinessCard)
        return !fields.contains("name"_L1) && !fields.contains("company"_L1) &&
               !fields.contains("email"_L1);
    return !fields.contains("licenseNumber"_L1) && !fields.contains("businessName"_L1);
}
} // namespace

ImageExtractionHandler::ImageExtractionHandler(ImageSource source)
    : m_source(std::move(source))
{
}

base::Result<QVector<TextLine>> ImageExtractionHandler::readTurned(Pix* grey, int quarters,
                                                                   const std::stop_token& stop)
{
    const PixPtr upright = turned(grey, quarters);
    const Readable ready = upright ? prepareForReading(upright.get()) : Readable();
    if (!ready.even)
        return base::fail(ErrorKind::Internal, u"There is not enough memory for the picture."_s);
    auto lines = m_ocr.read(ready.even.get(), Ocr::Layout::Auto, stop);
    if (!lines)
        return lines;
    // Blocks miss what stands alone; single lines miss nothing but tear words apart.
    auto sparse = m_ocr.read(ready.even.get(), Ocr::Layout::Sparse, stop);
    if (!sparse)
        return sparse;
    if (worth(*sparse) > 1.15 * worth(*lines))
        std::swap(*sparse, *lines);
    addMissing(*lines, *sparse);
    if (ready.dark) {
        auto light = m_ocr.read(ready.dark.get(), Ocr::Layout::Sparse, stop);
        if (!light)
            return light;
        if (worth(*light) > 1.15 * worth(*lines)) // the whole card is dark
            std::swap(*light, *lines);
        addMissing(*lines, *light);
    }
    return lines;
}

base::Result<QVector<TextLine>> ImageExtractionHandler::glance(Pix* grey, int quarters,
                                                               const std::stop_token& stop)
{
    const PixPtr upright = turned(grey, quarters);
    const Readable ready = upright ? prepareForReading(upright.get()) : Readable();
    if (!ready.even)
        return base::fail(ErrorKind::Internal, u"There is not enough memory for the picture."_s);
    return m_ocr.read(ready.even.get(), Ocr::Layout::Auto, stop);
}

base::Result<QVector<TextLine>> ImageExtractionHandler::readText(const QImage& image,
                                                                 const std::stop_token& stop)
{
    const PixPtr grey = toGrey(image);
    if (!grey)
        return base::fail(ErrorKind::Internal, u"There is not enough memory for the picture."_s);
    auto best = readTurned(grey.get(), 0, stop);
    // What looks like a card on a ground may be a band on a card: the better reading tells.
    if (const PixPtr card = best ? cutOutCard(grey.get()) : PixPtr()) {
        auto cut = readTurned(card.get(), 0, stop);
        if (!cut)
            return cut;
        if (worth(*cut) > worth(*best))
            best = std::move(cut);
    }
    if (!best || (meanConfidence(*best) >= kReadsWell && worth(*best) > 8))
        return best;
    // On its side or its head: one quick look each, then the best of them with care.
    int upright = 0;
    double most = worth(*best);
    for (const int quarters : {1, 3, 2}) {
        const auto lines = glance(grey.get(), quarters, stop);
        if (!lines)
            return lines;
        if (worth(*lines) > most) {
            most = worth(*lines);
            upright = quarters;
        }
    }
    return upright == 0 ? best : readTurned(grey.get(), upright, stop);
}

TaskResult ImageExtractionHandler::run(const engine::Task& task)
{
    const auto type = domain::scanTypeFromText(task.payload.value("scanType"_L1).toString());
    if (!type)
        return TaskResult::unrecoverable(u"The scan type is not known."_s);
    const auto bytes = m_source(task.payload.value("imageUrl"_L1).toString());
    if (!bytes)
        return failureFor(bytes.error());
    const auto image = decodeImage(*bytes);
    if (!image)
        return failureFor(image.error());
    auto lines = readText(*image, task.stop);
    if (!lines)
        return failureFor(lines.error());
    lines->removeIf([](const TextLine& line) { return line.confidence < kLeastLineConfidence; });

    const QJsonObject fields = *type == domain::ScanType::BusinessCard
                                   ? businessCardFields(*lines)
                                   : liquorLicenseFields(*lines);
    if (saysNothing(fields, *type))
        return TaskResult::unrecoverable(
            *type == domain::ScanType::BusinessCard
                ? u"No name, company or email could be read from the picture."_s
                : u"No licence number or business name could be read from the picture."_s);
    // On a failure the scan follows by the payload.
    return TaskResult::completed(
        {domain::Effect{domain::kScanEffect, task.payload.value("scanId"_L1).toString(), fields}});
}

} // namespace queuedeck::handlers
