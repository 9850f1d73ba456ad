// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/readerprotocol.h"

#include <chrono>
#include <memory>
#include <stop_token>

namespace queuedeck::handlers {

class ChildProcess;

/// Decodes and reads pictures in a separate program, queuedeck-reader: a picture comes from a
/// stranger, and may cost any time or memory, or break a decoder. There the kernel limits what it
/// costs and what it can reach; here it is only bytes.
///
/// The program is started with the first picture and kept for the next, since Tesseract takes a
/// while to start. It is replaced when it has crashed, was stopped, or has had its share of
/// pictures. Blocks; for use by one thread, which must outlive the program.
class PictureReader
{
public:
    /// When to give up; either may have no state.
    struct Stops
    {
        std::stop_token stop;    ///< at once
        std::stop_token leaving; ///< unless it is done in a moment
    };

    struct Limits
    {
        std::chrono::milliseconds wall = std::chrono::seconds(60);
        int mostPictures = 100; ///< per process
    };

    PictureReader();
    PictureReader(QString program, Limits limits);
    ~PictureReader();
    Q_DISABLE_COPY_MOVE(PictureReader)

    /// The fields of the picture, see cardfields.h. Errors: Invalid for a picture that is not one,
    /// is too large or has nothing to read; Timeout; Cancelled; Unsupported if the program or the
    /// language data is missing; Unreachable if no process can be started now; Internal if the
    /// program crashed on the picture.
    base::Result<QJsonObject> read(const QByteArray& picture, domain::ScanType type,
                                   const Stops& stops);
    /// Its pixels, after the EXIF rotation and scaled down to fit `within` unless that is empty.
    base::Result<QImage> show(const QByteArray& picture, const QSize& within = {},
                              const Stops& stops = {});

private:
    base::Result<ReaderReply> ask(const ReaderRequest& request, const Stops& stops);
    base::Status start(bool forReading);

    const QString m_program;
    const Limits m_limits;
    std::unique_ptr<ChildProcess> m_child;
    bool m_childReads = false;
    int m_pictures = 0; ///< given to the program
};

/// Where queuedeck-reader is: beside this program (a build), or where it is installed.
QString pictureReaderProgram();

} // namespace queuedeck::handlers
