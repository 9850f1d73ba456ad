// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/picturefault.h"
#include "core/domain/scan.h"
#include "core/service/comparison.h"
#include "core/service/uploadchoices.h"

#include <QFuture>
#include <QImage>
#include <QSize>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace queuedeck::service {

class Comparing;
class SessionThreads;

/// Which scans to list; empty members match all.
struct ScanFilter
{
    QString status; ///< processing, completed, failed
    QString scanType;
    QString text;               ///< searched for in the fields that were read
    double confidenceBelow = 0; ///< > 0: only completed scans the reader rated below this

    bool operator==(const ScanFilter&) const = default;
};

struct ScanPage
{
    QVector<domain::Scan> scans; ///< newest first
    bool isLast = false;
};

/// A picture inspected before it is uploaded: what it is, without storing it.
struct PictureInfo
{
    std::optional<domain::PictureFault> fault; ///< why it would be rejected
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
    domain::JobId job;     ///< empty if the application has made none yet
    QString imageUrl = {}; ///< where the picture is; empty: in Queuedeck's own table
};

/// Business cards and liquor licences: uploading, listing, showing. No file is read on the calling
/// thread. A picture is judged by its content only: JPEG, PNG or WebP, at most 20 MB and 25
/// megapixels; anything else is Invalid, with a sentence for people.
class ScanService
{
public:
    /// `onUploaded` is called after each upload, on the thread for files and pictures.
    ScanService(std::shared_ptr<SessionThreads> threads, std::function<void()> onUploaded);
    ~ScanService();

    QFuture<base::Result<ScanPage>> page(const ScanFilter& filter, int offset = 0, int limit = 200);
    QFuture<base::Result<domain::Scan>> scan(const domain::ScanId& id);
    /// The picture behind an imageUrl, decoded; Unsupported for URLs on other servers.
    QFuture<base::Result<QImage>> picture(const QString& imageUrl);
    /// Whether the picture is on another server and can be fetched: https.
    static bool isElsewhere(const QString& imageUrl);
    /// That picture, fetched now at a person's request and decoded: see net::PictureFetch. On a
    /// separate thread, so that a slow server delays nothing else; `stop` ends it.
    QFuture<base::Result<QImage>> fetchPicture(const QString& imageUrl,
                                               const std::stop_token& stop = {});
    /// Hosts that pictures may be fetched from even if they are private: HOST or HOST:PORT.
    void allowPictureHosts(const QStringList& hosts) { m_pictureHosts = hosts; }
    /// The picture of a scan read by both readers, now; sends it to Claude. Writes nothing to the
    /// database. On a thread of its own; `stop` ends it.
    QFuture<base::Result<Comparison>> compare(const domain::Scan& scan,
                                              const std::stop_token& stop = {});
    /// The same as picture(), scaled down to fit `size`; kept in a cache of 500.
    QFuture<base::Result<QImage>> thumbnail(const QString& imageUrl, const QSize& size);

    /// Inspects a file (or bytes, for a pasted picture) without storing anything.
    QFuture<base::Result<PictureInfo>> inspect(const QString& path);
    QFuture<base::Result<PictureInfo>> inspect(const QByteArray& bytes, const QString& name);
    /// The possible owners of new scans, and the owner from now on: see domain::chosenOwner.
    /// Unsupported where none can be uploaded at all.
    QFuture<base::Result<domain::ScanOwners>> owners();
    void setOwner(const domain::OwnerChoice& owner) { m_choices.owner = owner; }
    /// Owner, place and surroundings of uploads from now on.
    void setChoices(const UploadChoices& choices) { m_choices = choices; }
    const UploadChoices& choices() const { return m_choices; }
    /// Whether anything may be uploaded to this place: see domain::checkPlace.
    base::Status mayUploadTo(const domain::UploadPlace& place) const;

    /// Checks the picture as `inspect` does, then puts it (without any other data in the file)
    /// where the user has chosen, and creates the ImageScan and the Job in one transaction: all of
    /// it or nothing.
    QFuture<base::Result<UploadedScan>> upload(const QString& path, domain::ScanType type);
    QFuture<base::Result<UploadedScan>> upload(const QByteArray& bytes, const QString& name,
                                               domain::ScanType type);

private:
    class Pictures;
    class Fetching;

    QFuture<base::Result<UploadedScan>> uploadOf(std::function<base::Result<QByteArray>()> bytes,
                                                 const QString& name, domain::ScanType type);

    std::shared_ptr<SessionThreads> m_threads;
    UploadChoices m_choices;
    std::function<void()> m_onUploaded;
    std::shared_ptr<Pictures> m_pictures;
    QStringList m_pictureHosts;
    std::unique_ptr<Fetching> m_fetching;   ///< created on first use
    std::unique_ptr<Comparing> m_comparing; ///< likewise
};

} // namespace queuedeck::service
