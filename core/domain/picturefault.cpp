// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/picturefault.h"

#include "core/base/sentence.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
QString exact(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

base::Sentence sentenceFor(const PictureFault& fault)
{
    switch (fault.why) {
    case PictureFault::Why::Empty: return base::Sentence::tr("The file is empty.");
    case PictureFault::Why::TooManyBytes:
        return base::Sentence::tr("The picture has %1 bytes; %2 (20 MB) is the limit.")
            .arg(exact(fault.count), exact(kMostPictureBytes));
    case PictureFault::Why::NotAnImage: break;
    case PictureFault::Why::NoPixels: return base::Sentence::tr("The picture has no pixels.");
    case PictureFault::Why::TooManyPixels:
        return base::Sentence::tr("The picture has %1 megapixels; 25 is the limit.")
            .arg((fault.count + 999'999) / 1'000'000);
    case PictureFault::Why::TooManyScans:
        return base::Sentence::tr(
                   "The picture is stored in %1 scans; %2 is the limit. Save it again.")
            .arg(exact(fault.count), exact(kMostPictureScans));
    case PictureFault::Why::Animated:
        return base::Sentence::
            tr("The picture is animated, with %1 frames. Save the one to be read as JPEG or PNG.")
                .arg(exact(fault.count));
    case PictureFault::Why::CutOff:
        return base::Sentence::tr(
            "The picture is cut off: its end is missing. Copy or save it again.");
    case PictureFault::Why::Broken:
        return base::Sentence::tr(
            "The picture cannot be decoded: it is damaged. Copy or save it again.");
    }
    return base::Sentence::tr("Not an image: JPEG, PNG and WebP are read.");
}
} // namespace

base::Error errorFor(const PictureFault& fault)
{
    return base::fail(base::ErrorKind::Invalid, sentenceFor(fault));
}

} // namespace queuedeck::domain
