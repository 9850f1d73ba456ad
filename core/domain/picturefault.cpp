// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/picturefault.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
QString exact(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

QString sentenceFor(const PictureFault& fault)
{
    switch (fault.why) {
    case PictureFault::Why::Empty: return u"The file is empty."_s;
    case PictureFault::Why::TooManyBytes:
        return u"The picture has %1 bytes; %2 (20 MB) is the limit."_s.arg(
            exact(fault.count), exact(kMostPictureBytes));
    case PictureFault::Why::NotAnImage: break;
    case PictureFault::Why::NoPixels: return u"The picture has no pixels."_s;
    case PictureFault::Why::TooManyPixels:
        return u"The picture has %1 megapixels; 25 is the limit."_s.arg((fault.count + 999'999) /
                                                                        1'000'000);
    case PictureFault::Why::TooManyScans:
        return u"The picture is stored in %1 scans; %2 is the limit. Save it again."_s.arg(
            exact(fault.count), exact(kMostPictureScans));
    case PictureFault::Why::Animated:
        return u"The picture is animated, with %1 frames. Save the one to be read as JPEG or PNG."_s
            .arg(exact(fault.count));
    case PictureFault::Why::CutOff:
        return u"The picture is cut off: its end is missing. Copy or save it again."_s;
    case PictureFault::Why::Broken:
        return u"The picture cannot be decoded: it is damaged. Copy or save it again."_s;
    }
    return u"Not an image: JPEG, PNG and WebP are read."_s;
}
} // namespace

base::Error errorFor(const PictureFault& fault)
{
    return base::fail(base::ErrorKind::Invalid, sentenceFor(fault));
}

} // namespace queuedeck::domain
