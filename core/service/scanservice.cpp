// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/scanservice.h"

#include "core/handlers/image_extraction/imagecheck.h"
#include "core/service/sessionthreads.h"

#include <QCache>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;

namespace {
constexpr qint64 kLargestFile = 20LL * 1024 * 1024;
constexpr QSize kInspectSize(160, 120);

base::Result<QByteArray> readFile(const QString& path)
{
    const QFileInfo info(path);
    const QString name = info.fileName();
    if (!info.exists())
        return base::fail(ErrorKind::NotFound, u"There is no file %1."_s.arg(path));
    if (!info.isFile()) // a folder, a device, a pipe that would never end
        return base::fail(ErrorKind::Invalid, u"%1 is not a file."_s.arg(name));
    if (info.size() > kLargestFile)
        return base::fail(ErrorKind::Invalid,
                          u"%1 has %2 MB; 20 MB is the limit."_s.arg(name).arg(info.size() >> 20));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(ErrorKind::Denied,
                          u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    return file.read(kLargestFile + 1);
}

base::Result<UploadedScan> add(store::JobStore& store, const QByteArray& bytes, const QString& name,
                               domain::ScanType type, const std::function<void()>& told)
{
    const auto checked = handlers::checkImage(bytes);
    if (!checked)
        return checked.error();
    const auto added =
        store.scans.add({type, bytes, checked->mediaType, name}, domain::Actor::current());
    if (!added)
        return added.error();
    if (told)
        told();
    return UploadedScan{added->scan, added->job};
}

base::Result<PictureInfo> lookAt(store::JobStore& store, const QByteArray& bytes,
                                 const QString& name)
{
    const auto checked = handlers::checkImage(bytes);
    if (!checked)
        return checked.error();
    const auto image = handlers::decodeImage(bytes);
    if (!image)
        return image.error();
    PictureInfo info;
    info.fileName = name;
    info.mediaType = checked->mediaType;
    info.size = image->size();
    info.bytes = bytes.size();
    info.exifTurned = checked->exifTurned;
    info.thumbnail = image->scaled(kInspectSize, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    const auto same = store.scans.sameImage(bytes);
    if (!same)
        return same.error();
    if (*same)
        info.duplicateOf = (*same)->fileName;
    return info;
}
} // namespace

/// Used on the work thread only, except for its making and dying.
class ScanService::ThumbnailCache
{
public:
    QCache<QString, QImage> images{500};
};

ScanService::ScanService(std::shared_ptr<SessionThreads> threads, std::function<void()> onUploaded)
    : m_threads(std::move(threads))
    , m_onUploaded(std::move(onUploaded))
    , m_thumbnails(std::make_shared<ThumbnailCache>())
{
}

ScanService::~ScanService() = default;

QFuture<base::Result<ScanPage>> ScanService::page(const ScanFilter& filter, int offset, int limit)
{
    return m_threads->read([=](store::JobStore& store) -> base::Result<ScanPage> {
        auto scans = store.scans.list(
            {filter.status, filter.scanType, filter.text, filter.confidenceBelow, offset, limit});
        if (!scans)
            return scans.error();
        const bool isLast = scans->size() < limit;
        return ScanPage{std::move(*scans), isLast};
    });
}

QFuture<base::Result<domain::Scan>> ScanService::scan(const domain::ScanId& id)
{
    return m_threads->read([id](store::JobStore& store) { return store.scans.scan(id); });
}

QFuture<base::Result<QImage>> ScanService::picture(const QString& imageUrl)
{
    return m_threads->workWithStore([imageUrl](store::JobStore& store) -> base::Result<QImage> {
        const auto bytes = store.scans.image(imageUrl);
        if (!bytes)
            return bytes.error();
        return handlers::decodeImage(*bytes);
    });
}

QFuture<base::Result<QImage>> ScanService::thumbnail(const QString& imageUrl, const QSize& size)
{
    return m_threads->workWithStore(
        [imageUrl, size, cache = m_thumbnails](store::JobStore& store) -> base::Result<QImage> {
            const QString key = u"%1 %2x%3"_s.arg(imageUrl).arg(size.width()).arg(size.height());
            if (const QImage* known = cache->images.object(key))
                return *known;
            const auto bytes = store.scans.image(imageUrl);
            if (!bytes)
                return bytes.error();
            const auto image = handlers::decodeImage(*bytes);
            if (!image)
                return image.error();
            auto* scaled =
                new QImage(image->scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation));
            const QImage result = *scaled;
            cache->images.insert(key, scaled);
            return result;
        });
}

QFuture<base::Result<PictureInfo>> ScanService::inspect(const QString& path)
{
    return m_threads->workWithStore([path](store::JobStore& store) -> base::Result<PictureInfo> {
        const auto bytes = readFile(path);
        if (!bytes)
            return bytes.error();
        return lookAt(store, *bytes, QFileInfo(path).fileName());
    });
}

QFuture<base::Result<PictureInfo>> ScanService::inspect(const QByteArray& bytes,
                                                        const QString& name)
{
    return m_threads->workWithStore(
        [bytes, name](store::JobStore& store) { return lookAt(store, bytes, name); });
}

QFuture<base::Result<UploadedScan>> ScanService::upload(const QString& path, domain::ScanType type)
{
    return m_threads->write(
        [path, type, told = m_onUploaded](store::JobStore& store) -> base::Result<UploadedScan> {
            const auto bytes = readFile(path);
            if (!bytes)
                return bytes.error();
            return add(store, *bytes, QFileInfo(path).fileName(), type, told);
        });
}

QFuture<base::Result<UploadedScan>> ScanService::upload(const QByteArray& bytes,
                                                        const QString& name, domain::ScanType type)
{
    return m_threads->write([=, told = m_onUploaded](store::JobStore& store) {
        return add(store, bytes, name, type, told);
    });
}

} // namespace queuedeck::service
