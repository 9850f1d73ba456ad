// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/taskthread.h"
#include "core/handlers/image_extraction/cardreading.h"
#include "core/handlers/image_extraction/imagesource.h"
#include "core/service/comparison.h"

namespace queuedeck::service {

/// Reads pictures with both readers, one picture after the other, and writes nothing but what
/// reading by Claude always keeps: its answer and the day's tokens. From one thread.
class Comparing
{
public:
    Comparing() = default;
    ~Comparing();

    /// A file; the errors of reading it. A reader that reads nothing is no error.
    QFuture<base::Result<Comparison>> file(const QString& path, domain::ScanType type,
                                           const std::stop_token& stop);
    /// The picture of a scan, from `source`, which is called on the thread of this object.
    QFuture<base::Result<Comparison>> scan(const QString& imageUrl, domain::ScanType type,
                                           handlers::ImageSource source,
                                           const std::stop_token& stop);

private:
    base::Result<Comparison> compared(const QByteArray& bytes, domain::ScanType type,
                                      const std::stop_token& stop);

    std::stop_source m_ending;
    std::unique_ptr<handlers::PictureReader> m_reader; ///< used by the thread
    async::TaskThread m_thread{"qd-compare", [this] { m_reader.reset(); }};
};

} // namespace queuedeck::service
