// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/pictureupload.h"

#include "core/net/httpclient.h"
#include "core/service/pictureskey.h"
#include "core/uploads/applicationroute.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;
using domain::UploadPlace;
using Kind = UploadPlace::Kind;

namespace {
constexpr std::chrono::seconds kFetchWithin(15);

// The user has chosen the address, so it may be private and plain.
base::Status checkFetch(const uploads::StoredPicture& picture, const QByteArray& bytes,
                        const std::stop_token& stop)
{
    net::HttpRequest request;
    request.url = QUrl(picture.imageUrl);
    request.headers = {{"Accept", "image/jpeg, image/png, image/webp"}};
    request.mayBePlain = true;
    request.mostBytes = bytes.size() + 1;
    request.deadline = kFetchWithin;
    request.stop = stop;
    const auto answer = net::HttpClient().send(request);
    if (answer && answer->status == 200 && answer->body == bytes)
        return {};
    if (!answer && answer.error().error.kind == ErrorKind::Cancelled)
        return answer.error().error;
    const Sentence why = !answer ? answer.error().error.detail
                         : answer->status == 200
                             ? Sentence::tr("it answers with something else.")
                             : Sentence::tr("it answers %1.").arg(answer->status);
    return base::fail(
        ErrorKind::Denied,
        Sentence::tr("Pictures that are put there cannot be fetched from %1, so no processor could "
                     "read them: %2 Nothing was uploaded.")
            .arg(request.url.adjusted(QUrl::RemovePath).toString(), why));
}
} // namespace

base::Status PictureUpload::use(const UploadPlace& place)
{
    if (m_isOpen && place == m_place)
        return {};
    *this = PictureUpload();
    auto key = picturesKey(place);
    if (!key)
        return key.error();
    m_place = place;
    m_key = *key;
    if (place.kind != Kind::Table && place.kind != Kind::Application) {
        auto storage = uploads::makePictureStorage(place, m_key);
        if (!storage)
            return storage.error();
        m_storage = std::move(*storage);
    }
    m_isOpen = true;
    return {};
}

base::Result<UploadedScan> PictureUpload::add(store::JobStore& store, domain::NewScan scan,
                                              const UploadPlace& place, const std::stop_token& stop)
{
    if (const base::Status ready = use(place); !ready)
        return ready.error();
    if (place.kind == Kind::Application)
        return addThroughApplication(store, scan, stop);
    if (m_storage)
        return addElsewhere(store, std::move(scan), stop);
    const auto added = store.scans.add(scan, domain::Actor::current());
    return added ? base::Result<UploadedScan>(UploadedScan{added->scan, added->job})
                 : base::Result<UploadedScan>(added.error());
}

base::Error PictureUpload::withdrawn(const base::Error& why, const uploads::StoredPicture& picture)
{
    const base::Status removed = m_storage->remove(picture);
    if (removed)
        return why;
    return base::fail(
        why.kind, Sentence::tr("%1 The picture is still at %2, where it can be removed by hand: %3")
                      .arg(why.detail, picture.imageUrl, removed.error().detail));
}

base::Result<UploadedScan> PictureUpload::addElsewhere(store::JobStore& store, domain::NewScan scan,
                                                       const std::stop_token& stop)
{
    const auto owners = store.scans.owners();
    if (!owners)
        return owners.error();
    const auto owner = domain::chosenOwner(*owners, scan.owner);
    if (!owner)
        return owner.error();
    const auto stored =
        m_storage->put({scan.bytes, scan.mediaType, scan.type, owner->tenant}, stop);
    if (!stored) {
        if (stored.error().kind == ErrorKind::Denied)
            m_isOpen = false; // the key may be another one next time
        return stored.error();
    }
    if (!m_isFetched) {
        if (const base::Status fetched = checkFetch(*stored, scan.bytes, stop); !fetched)
            return withdrawn(fetched.error(), *stored);
        m_isFetched = true;
    }
    scan.owner = *owner;
    scan.imageUrl = stored->imageUrl;
    const auto added = store.scans.add(scan, domain::Actor::current());
    if (!added)
        return withdrawn(added.error(), *stored);
    return UploadedScan{added->scan, added->job, stored->imageUrl};
}

base::Result<UploadedScan> PictureUpload::addThroughApplication(store::JobStore& store,
                                                                const domain::NewScan& scan,
                                                                const std::stop_token& stop)
{
    const auto made = uploads::ApplicationRoute(m_place, m_key)
                          .upload({scan.bytes, scan.mediaType, scan.type, {}}, scan.fileName, stop);
    if (!made) {
        if (made.error().kind == ErrorKind::Denied)
            m_isOpen = false;
        return made.error();
    }
    const auto added = store.scans.scan(*made);
    if (!added && added.error().kind == ErrorKind::NotFound)
        return base::fail(
            ErrorKind::Conflict,
            Sentence::tr("The application took the picture (scan %1), but this database has no "
                         "such scan. Does the application use another database?")
                .arg(made->value.left(40)));
    if (!added)
        return added.error();
    return UploadedScan{added->id, added->job, added->imageUrl};
}

} // namespace queuedeck::service
