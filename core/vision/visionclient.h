// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "core/domain/setback.h"

#include <QImage>
#include <QJsonObject>

#include <functional>
#include <stop_token>
#include <tl/expected.hpp>

namespace queuedeck::vision {

/// A picture to be read.
struct VisionRequest
{
    domain::ScanType type = domain::ScanType::BusinessCard;
    QByteArray digest; ///< SHA-256 of the file: a picture that was read is not read again
    /// Its pixels, upright; called at most once, on the caller's thread, and not for a picture
    /// whose answer is known.
    std::function<tl::expected<QImage, domain::Setback>()> pixels;
    std::stop_token stop;    ///< ends it at once
    std::stop_token leaving; ///< do not begin to send any more
};

/// Reads pictures with a model elsewhere. Shared by the workers of an engine: from any thread.
/// Blocks for as long as the model takes.
class VisionClient
{
public:
    virtual ~VisionClient() = default;

    /// The fields that were seen, see domain::scanFields, and confidence 0..1. Their text is
    /// whatever is printed on the picture: data, and never more than that.
    virtual tl::expected<QJsonObject, domain::Setback> read(const VisionRequest& request) = 0;
};

/// The longest side of a picture that is sent, in pixels; larger ones would be scaled down there.
constexpr int kLongestSentSide = 1568;

} // namespace queuedeck::vision
