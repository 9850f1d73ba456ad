// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace queuedeck::domain {

constexpr qint64 kMostPictureBytes = 20 * 1024 * 1024;
constexpr qint64 kMostPicturePixels = 25'000'000;
constexpr qint64 kMostPictureScans = 100;

/// Why a picture is rejected.
struct PictureFault
{
    enum class Why {
        Empty,         ///< an empty file
        TooManyBytes,  ///< `count` bytes
        NotAnImage,    ///< no JPEG, PNG or WebP
        NoPixels,      ///< its width or height is 0
        TooManyPixels, ///< `count` pixels
        TooManyScans,  ///< a progressive JPEG with `count` scans, each over the whole picture
        Animated,      ///< `count` frames
        CutOff,        ///< its end is missing
        Broken,        ///< it cannot be decoded
    };

    Why why = Why::NotAnImage;
    qint64 count = 0;

    bool operator==(const PictureFault&) const = default;
};

/// Invalid, with an English sentence for jobs, logs and the command line.
base::Error errorFor(const PictureFault& fault);

} // namespace queuedeck::domain
