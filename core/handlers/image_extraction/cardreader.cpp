// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/cardreader.h"

#include "core/base/sentence.h"
#include "core/handlers/image_extraction/cardfields.h"
#include "core/handlers/image_extraction/confinement.h"
#include "core/handlers/image_extraction/imagecheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
// Below this mean confidence, weighted by length, a picture may be sideways or upside down. Upright
// text is read with 0.9, upside-down text with 0.65 at most.
constexpr double kReadsWell = 0.8;
constexpr double kLeastLineConfidence = 0.45;
// Noise and patterns are read with 0.3, the worst photo of a card with 0.6.
constexpr double kLegible = 0.5;
// A few letters are easily seen in anything.
constexpr double kFewLetters = 20;
constexpr double kFewLegible = 0.7;
// CPU time per picture. A card takes half a second, a bad photo of one takes three.
constexpr double kSecondsOfComputing = 12;
constexpr double kSecondsWithoutText = 4;

// The recogniser reads lines that run upwards too, but then their position means nothing.
bool runsUpwards(const TextLine& line)
{
    return line.text.size() > 3 && line.box.height() > line.box.width();
}

// More text read with confidence is worth more.
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

// Whether there is text at all: noise is read as dots and as words of one or two letters.
bool isLegible(const QVector<TextLine>& lines)
{
    double sum = 0;
    double length = 0;
    for (const TextLine& line : lines) {
        for (const QString& word : line.text.split(u' ', Qt::SkipEmptyParts)) {
            const auto letters = std::count_if(
                word.cbegin(), word.cend(), [](QChar letter) { return letter.isLetterOrNumber(); });
            length += double(word.size());
            sum += letters > 2 ? line.confidence * double(letters) : 0;
        }
    }
    return length > 0 && sum / length >= (length < kFewLetters ? kFewLegible : kLegible);
}

bool overlaps(const QRectF& a, const QRectF& b)
{
    const QRectF both = a.intersected(b);
    return both.width() * both.height() >
           0.25 * std::min(a.width() * a.height(), b.width() * b.height());
}

// Adds the lines of `more` that are where `lines` has nothing.
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

base::Error nothingToRead()
{
    return fail(ErrorKind::NotFound, Sentence::tr("There is nothing to read on this picture."));
}

bool saysNothing(const QJsonObject& fields, domain::ScanType type)
{
    if (type == domain::ScanType::BusinessCard)
        return !fields.contains("name"_L1) && !fields.contains("company"_L1) &&
               !fields.contains("email"_L1);
    return !fields.contains("licenseNumber"_L1) && !fields.contains("businessName"_L1);
}
} // namespace

bool CardReader::isHopeless(const Lines& lines) const
{
    const double left = m_untilComputed - secondsComputed();
    return left < kSecondsOfComputing - kSecondsWithoutText && !isLegible(lines);
}

base::Result<Readable> CardReader::prepared(const Pix* grey, int quarters) const
{
    const PixPtr upright = turned(grey, quarters);
    Readable ready = upright ? prepareForReading(upright.get()) : Readable();
    if (!ready.even)
        return fail(ErrorKind::Internal,
                    Sentence::tr("There is not enough memory for the picture."));
    return ready;
}

base::Result<CardReader::Lines> CardReader::readTurned(const Pix* grey, int quarters)
{
    const auto ready = prepared(grey, quarters);
    if (!ready)
        return ready.error();
    auto lines = m_ocr.read(ready->even.get(), Ocr::Layout::Auto, m_untilComputed);
    if (!lines)
        return lines;
    if (isHopeless(*lines))
        return nothingToRead();
    // Blocks miss isolated text; single lines miss nothing but tear words apart.
    auto sparse = m_ocr.read(ready->even.get(), Ocr::Layout::Sparse, m_untilComputed);
    if (!sparse)
        return sparse;
    if (worth(*sparse) > 1.15 * worth(*lines))
        std::swap(*sparse, *lines);
    addMissing(*lines, *sparse);
    if (ready->dark) {
        auto light = m_ocr.read(ready->dark.get(), Ocr::Layout::Sparse, m_untilComputed);
        if (!light)
            return light;
        if (worth(*light) > 1.15 * worth(*lines)) // the whole card is dark
            std::swap(*light, *lines);
        addMissing(*lines, *light);
    }
    return lines;
}

base::Result<CardReader::Lines> CardReader::glance(const Pix* grey, int quarters)
{
    const auto ready = prepared(grey, quarters);
    if (!ready)
        return ready.error();
    return m_ocr.read(ready->even.get(), Ocr::Layout::Auto, m_untilComputed);
}

base::Result<CardReader::Lines> CardReader::readText(const QImage& image)
{
    const PixPtr grey = toGrey(image);
    if (!grey)
        return fail(ErrorKind::Internal,
                    Sentence::tr("There is not enough memory for the picture."));
    if (isNoise(grey.get()))
        return nothingToRead();
    auto best = readTurned(grey.get(), 0);
    if (best && isHopeless(*best))
        return nothingToRead();
    // What looks like a card on a background may be a band on a card: the better reading decides.
    if (const PixPtr card = best ? cutOutCard(grey.get()) : PixPtr()) {
        auto cut = readTurned(card.get(), 0);
        if (!cut)
            return cut;
        if (worth(*cut) > worth(*best))
            best = std::move(cut);
    }
    if (!best || (meanConfidence(*best) >= kReadsWell && worth(*best) > 8))
        return best;
    // Sideways or upside down: one quick reading each, then a thorough one of the best.
    int upright = 0;
    double most = worth(*best);
    for (const int quarters : {1, 3, 2}) {
        const auto lines = glance(grey.get(), quarters);
        if (!lines)
            return lines;
        if (isHopeless(*best) && isHopeless(*lines))
            return nothingToRead();
        if (worth(*lines) > most) {
            most = worth(*lines);
            upright = quarters;
        }
    }
    return upright == 0 ? best : readTurned(grey.get(), upright);
}

base::Result<QJsonObject> CardReader::read(const QByteArray& picture, domain::ScanType type)
{
    const auto image = decodeImage(picture);
    if (!image)
        return domain::errorFor(image.error());
    m_untilComputed = secondsComputed() + kSecondsOfComputing;
    auto lines = readText(*image);
    if (!lines && lines.error().kind == ErrorKind::Timeout)
        return nothingToRead();
    if (!lines)
        return lines.error();
    if (!isLegible(*lines))
        return nothingToRead();
    lines->removeIf([](const TextLine& line) { return line.confidence < kLeastLineConfidence; });
    if (lines->isEmpty())
        return nothingToRead();
    const QJsonObject fields = type == domain::ScanType::BusinessCard ? businessCardFields(*lines)
                                                                      : liquorLicenseFields(*lines);
    if (saysNothing(fields, type))
        return fail(
            ErrorKind::NotFound,
            type == domain::ScanType::BusinessCard
                ? Sentence::tr("No name, company or email could be read from the picture.")
                : Sentence::tr(
                      "No licence number or business name could be read from the picture."));
    return fields;
}

} // namespace queuedeck::handlers
