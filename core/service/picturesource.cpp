// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/picturesource.h"

#include "core/domain/scan.h"
#include "core/net/picturefetch.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using domain::Setback;
using Then = Setback::Then;

namespace {
using Picture = tl::expected<QByteArray, Setback>;

Picture fetched(const QString& url, const QStringList& hosts, const std::stop_token& stop)
{
    auto bytes = net::PictureFetch(hosts).fetch(url, stop);
    if (bytes)
        return std::move(*bytes);
    switch (bytes.error().again) {
    case net::PictureError::Again::Never:
        return tl::unexpected(Setback{bytes.error(), Then::GiveUp});
    case net::PictureError::Again::Worth:
        return tl::unexpected(Setback{bytes.error(), Then::TryAgain});
    case net::PictureError::Again::Anytime: break;
    }
    return tl::unexpected(Setback{bytes.error(), Then::Wait});
}

// The database may come back, which costs the job no attempt.
Then afterError(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
    case ErrorKind::Unreachable: return Then::Wait;
    case ErrorKind::Timeout:
    case ErrorKind::Internal: return Then::TryAgain;
    default: return Then::GiveUp;
    }
}
} // namespace

handlers::ImageSource makePictureSource(std::shared_ptr<SessionThreads> threads, bool mayFetch,
                                        const QStringList& hosts)
{
    auto store = std::make_shared<std::unique_ptr<store::JobStore>>();
    return [threads = std::move(threads), store, mayFetch,
            hosts](const QString& url, const std::stop_token& stop) -> Picture {
        const auto failed = [](const base::Error& error) {
            return tl::unexpected(Setback{error, afterError(error.kind)});
        };
        if (mayFetch && !url.startsWith(domain::kStoredImageScheme + u':'))
            return fetched(url, hosts, stop);
        if (!*store) {
            auto opened = threads->openStore();
            if (!opened)
                return failed(opened.error());
            *store = std::move(*opened);
        }
        auto bytes = (*store)->scans.image(url);
        if (!bytes)
            return failed(bytes.error());
        return std::move(*bytes);
    };
}

} // namespace queuedeck::service
