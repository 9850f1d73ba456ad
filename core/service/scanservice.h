// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/picturefault.h"
#include "core/domain/scan.h"

#include <QFuture>
#include <QImage>
#include <QSize>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace queuedeck::service {

class SessionThreads;

/// Which scans are meant; empty members match all.
struct ScanFilter
{
    QString status; ///< processing, completed, failed
    QString scanType;
    QString text;               ///< looked for in the fields that were read
    double confidenceBelow = 0; ///< > 0: only completed scans the reader rated below this

    bool operator==(const ScanFilter&) const = default;
};

struct ScanPage
{
    QVector<domain::Scan> scans; ///< newest first
    bool isLast = false;
};

/// A picture looked at before it is uploaded: what it is, without keeping it.
struct PictureInfo
{
    std::optional<domain::PictureFault> fault; ///< why it would be refused
    QString fileName;
    QString mediaType;
    QSize size; ///< as shown, after the EXIF rotation
    qint64 bytes = 0;
    bool exifTurned = false;
    QString duplicateOf; ///< the file name of the same picture already here; empty if new
    QImage thumbnail;    ///< at most 160 x 120
};

struct UploadedScan
{
    domain::ScanId scan;
    domain::JobId job;
};

/// Business cards and liquor licences: uploading, listing, showing. Every file is read off the
/// calling thread. A picture is judged by its content only: JPEG, PNG, WebP; 20 MB; 25 megapixels;
/// anything else is Invalid with a sentence.
class ScanService
{
public:
    /// `onUploaded` is told after each upload, on the thread for files and pictures.
    ScanService(std::shared_ptr<SessionThreads> threads, std::function<void()> onUploaded);
    ~ScanService();

    QFuture<base::Result<ScanPage>> page(const ScanFilter& filter, int offset = 0, int limit = 200);
    QFuture<base::Result<domain::Scan>> scan(const domain::ScanId& id);
    /// The picture behind an imageUrl, decoded; Unsupported for addresses of other machines.
    QFuture<base::Result<QImage>> picture(const QString& imageUrl);
    /// Whether the picture lies at somebody's address and can be fetched: https.
    static bool isElsewhere(const QString& imageUrl);
    /// That picture, fetched now and decoded, as a person asked: see net::PictureFetch. On a thread
    /// of its own, so that a slow server delays nothing else; `stop` ends it.
    QFuture<base::Result<QImage>> fetchPicture(const QString& imageUrl,
                                               const std::stop_token& stop = {});
    /// Hosts that pictures may be fetched from though they are private: HOST or HOST:PORT.
    void allowPictureHosts(const QStringList& hosts) { m_pictureHosts = hosts; }
    /// The same as picture(), scaled down to fit `size`; kept in a cache of 500.
    QFuture<base::Result<QImage>> thumbnail(const QString& imageUrl, const QSize& size);

    /// Looks at a file (or at bytes, for a pasted picture) without keeping anything.
    QFuture<base::Result<PictureInfo>> inspect(const QString& path);
    QFuture<base::Result<PictureInfo>> inspect(const QByteArray& bytes, const QString& name);
    /// Whose new scans can be, and whose they are from now on: see domain::chosenOwner. Unsupported
    /// where none can be uploaded at all.
    QFuture<base::Result<domain::ScanOwners>> owners();
    void setOwner(const domain::OwnerChoice& owner) { m_owner = owner; }

    /// Checks the picture as `inspect` does, then makes the stored picture, without what else is in
    /// the file, the ImageScan and the Job in one transaction.
    QFuture<base::Result<UploadedScan>> upload(const QString& path, domain::ScanType type);
    QFuture<base::Result<UploadedScan>> upload(const QByteArray& bytes, const QString& name,
                                               domain::ScanType type);

private:
    class Pictures;
    class Fetching;

    std::shared_ptr<SessionThreads> m_threads;
    domain::OwnerChoice m_owner;
    std::function<void()> m_onUploaded;
    std::shared_ptr<Pictures> m_pictures;
    QStringList m_pictureHosts;
    std::unique_ptr<Fetching> m_fetching; ///< from the first time on
};

} // namespace queuedeck::service
