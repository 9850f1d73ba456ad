// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/scanservice.h"

#include "core/async/taskthread.h"
#include "core/handlers/image_extraction/imagecheck.h"
#include "core/handlers/image_extraction/picturereader.h"
#include "core/net/picturefetch.h"
#include "core/service/comparing.h"
#include "core/service/picturefile.h"
#include "core/service/picturesource.h"
#include "core/service/pictureupload.h"
#include "core/service/sessionthreads.h"

#include <QCache>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;
using domain::PictureFault;

namespace {
// A person is waiting in front of the window meanwhile, or for it to close.
constexpr std::chrono::seconds kShowing(15);
constexpr QSize kInspectSize(160, 120);

// Whether a picture is accepted, and its pixels: the same check for the window, the command line
// and what is stored.
base::Result<PictureInfo> judged(const QByteArray& bytes, const QString& name,
                                 handlers::PictureReader& reader)
{
    PictureInfo info;
    info.fileName = name;
    info.bytes = bytes.size();
    const auto checked = handlers::checkImage(bytes);
    if (!checked) {
        info.fault = checked.error();
        return info;
    }
    const auto image = reader.show(bytes, kInspectSize);
    if (!image && image.error().kind == ErrorKind::Invalid)
        info.fault = PictureFault{PictureFault::Why::Broken, 0};
    else if (!image)
        return image.error();
    else
        info.thumbnail = *image;
    info.mediaType = checked->mediaType;
    info.size = checked->size;
    info.exifTurned = checked->exifTurned;
    return info;
}

QByteArray digestOf(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

// A file, or a server on this computer.
bool isLocal(const db::DatabaseUrl& url)
{
    return url.dialect == db::Dialect::Sqlite || url.host.startsWith(u'/') ||
           net::isLoopback(QUrl(u"http://"_s + url.host));
}

} // namespace

/// Used on the work thread only, except for construction and destruction.
class ScanService::Pictures
{
public:
    QCache<QString, QImage> thumbnails{500};
    handlers::PictureReader reader{handlers::pictureReaderProgram(), {kShowing, 100}};
    PictureUpload upload;
    std::stop_source ending; ///< of the session: ends what is being sent; from any thread

    base::Result<PictureInfo> lookAt(store::JobStore& store, const QByteArray& bytes,
                                     const QString& name);
    base::Result<domain::NewScan> checked(const QByteArray& bytes, const QString& name,
                                          domain::ScanType type);

private:
    QByteArray m_goodDigest; ///< of the picture that was last found good: it is not decoded twice
    QString m_goodType;      ///< its media type
};

base::Result<PictureInfo>
ScanService::Pictures::lookAt(store::JobStore& store, const QByteArray& bytes, const QString& name)
{
    auto info = judged(bytes, name, reader);
    if (!info || info->fault)
        return info;
    m_goodDigest = digestOf(bytes);
    m_goodType = info->mediaType;
    const auto same = store.scans.sameImage(handlers::withoutExtras(bytes));
    if (!same)
        return same.error();
    if (*same)
        info->duplicateOf = (*same)->fileName;
    return info;
}

base::Result<domain::NewScan>
ScanService::Pictures::checked(const QByteArray& bytes, const QString& name, domain::ScanType type)
{
    QString mediaType = m_goodType;
    if (m_goodDigest.isEmpty() || m_goodDigest != digestOf(bytes)) {
        const auto info = judged(bytes, name, reader);
        if (!info)
            return info.error();
        if (info->fault)
            return domain::errorFor(*info->fault);
        mediaType = info->mediaType;
    }
    return domain::NewScan{type, handlers::withoutExtras(bytes), mediaType, name};
}

/// One picture after the other; the end of the session aborts the current one.
class ScanService::Fetching
{
public:
    ~Fetching() { m_ending.request_stop(); }

    QFuture<base::Result<QImage>> run(const QString& imageUrl, const QStringList& hosts,
                                      const std::stop_token& stop)
    {
        return m_thread.run([this, imageUrl, hosts, stop]() -> base::Result<QImage> {
            std::stop_source either;
            const auto end = [&either] { either.request_stop(); };
            const std::stop_callback asked(stop, end);
            const std::stop_callback ending(m_ending.get_token(), end);
            const auto bytes = net::PictureFetch(hosts).fetch(imageUrl, either.get_token());
            if (!bytes)
                return bytes.error();
            if (!m_reader)
                m_reader = std::make_unique<handlers::PictureReader>(
                    handlers::pictureReaderProgram(),
                    handlers::PictureReader::Limits{kShowing, 100});
            return m_reader->show(*bytes);
        });
    }

private:
    std::stop_source m_ending;
    std::unique_ptr<handlers::PictureReader> m_reader; ///< used by the thread
    async::TaskThread m_thread{"qd-fetch", [this] { m_reader.reset(); }};
};

ScanService::ScanService(std::shared_ptr<SessionThreads> threads, std::function<void()> onUploaded)
    : m_threads(std::move(threads))
    , m_onUploaded(std::move(onUploaded))
    , m_pictures(std::make_shared<Pictures>())
{
}

ScanService::~ScanService()
{
    m_pictures->ending.request_stop();
}

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
    return m_threads->workWithStore(
        [imageUrl, pictures = m_pictures](store::JobStore& store) -> base::Result<QImage> {
            const auto bytes = store.scans.image(imageUrl);
            if (!bytes)
                return bytes.error();
            return pictures->reader.show(*bytes);
        });
}

bool ScanService::isElsewhere(const QString& imageUrl)
{
    return net::isPictureAddress(imageUrl);
}

QFuture<base::Result<QImage>> ScanService::fetchPicture(const QString& imageUrl,
                                                        const std::stop_token& stop)
{
    if (!m_fetching)
        m_fetching = std::make_unique<Fetching>();
    return m_fetching->run(imageUrl, m_pictureHosts, stop);
}

QFuture<base::Result<QImage>> ScanService::thumbnail(const QString& imageUrl, const QSize& size)
{
    return m_threads->workWithStore(
        [imageUrl, size, pictures = m_pictures](store::JobStore& store) -> base::Result<QImage> {
            const QString key = u"%1 %2x%3"_s.arg(imageUrl).arg(size.width()).arg(size.height());
            if (const QImage* known = pictures->thumbnails.object(key))
                return *known;
            const auto bytes = store.scans.image(imageUrl);
            if (!bytes)
                return bytes.error();
            auto scaled = pictures->reader.show(*bytes, size);
            if (scaled)
                pictures->thumbnails.insert(key, new QImage(*scaled));
            return scaled;
        });
}

QFuture<base::Result<PictureInfo>> ScanService::inspect(const QString& path)
{
    return m_threads->workWithStore(
        [path, pictures = m_pictures](store::JobStore& store) -> base::Result<PictureInfo> {
            const auto bytes = readPictureFile(path);
            if (!bytes)
                return bytes.error();
            return pictures->lookAt(store, *bytes, QFileInfo(path).fileName());
        });
}

QFuture<base::Result<PictureInfo>> ScanService::inspect(const QByteArray& bytes,
                                                        const QString& name)
{
    return m_threads->workWithStore([bytes, name, pictures = m_pictures](store::JobStore& store) {
        return pictures->lookAt(store, bytes, name);
    });
}

QFuture<base::Result<domain::ScanOwners>> ScanService::owners()
{
    return m_threads->read([](store::JobStore& store) { return store.scans.owners(); });
}

QFuture<base::Result<Comparison>> ScanService::compare(const domain::Scan& scan,
                                                       const std::stop_token& stop)
{
    if (!m_comparing)
        m_comparing = std::make_unique<Comparing>();
    const auto type = domain::scanTypeFromText(scan.scanType);
    // A person wants it, so it is fetched whatever jobs may.
    return m_comparing->scan(scan.imageUrl, type.value_or(domain::ScanType::BusinessCard),
                             makePictureSource(m_threads, true, m_pictureHosts), stop);
}

base::Status ScanService::mayUploadTo(const domain::UploadPlace& place) const
{
    const domain::QueueMode mode = m_threads->shape().mode;
    return domain::checkPlace(place,
                              {mode, m_choices.othersWork.value_or(mode != domain::QueueMode::Own),
                               isLocal(m_threads->url())});
}

QFuture<base::Result<UploadedScan>> ScanService::upload(const QString& path, domain::ScanType type)
{
    return uploadOf([path] { return readPictureFile(path); }, QFileInfo(path).fileName(), type);
}

QFuture<base::Result<UploadedScan>> ScanService::upload(const QByteArray& bytes,
                                                        const QString& name, domain::ScanType type)
{
    return uploadOf([bytes] { return base::Result<QByteArray>(bytes); }, name, type);
}

// On the thread for files and pictures: a slow one must not hold up a retry.
QFuture<base::Result<UploadedScan>>
ScanService::uploadOf(std::function<base::Result<QByteArray>()> bytes, const QString& name,
                      domain::ScanType type)
{
    return m_threads->workWithStore(
        [bytes = std::move(bytes), name, type, may = mayUploadTo(m_choices.place),
         choices = m_choices, pictures = m_pictures,
         told = m_onUploaded](store::JobStore& store) -> base::Result<UploadedScan> {
            if (!may)
                return may.error();
            const auto read = bytes();
            if (!read)
                return read.error();
            auto scan = pictures->checked(*read, name, type);
            if (!scan)
                return scan.error();
            scan->owner = choices.owner;
            scan->reader = choices.reader;
            auto added = pictures->upload.add(store, std::move(*scan), choices.place,
                                              pictures->ending.get_token());
            if (added && told)
                told();
            return added;
        });
}

} // namespace queuedeck::service
