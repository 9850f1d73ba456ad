// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"
#include "core/uploads/picturestorage.h"

#include <chrono>
#include <tl/expected.hpp>

namespace queuedeck::uploads {

/// Storage behind an HTTP interface: one request puts a picture and one removes it. What differs
/// from service to service is how a request is made and how a refusal is worded.
class WebStorage : public PictureStorage
{
public:
    base::Result<StoredPicture> put(const OutgoingPicture& picture,
                                    const std::stop_token& stop) override;
    base::Status remove(const StoredPicture& picture) override;

protected:
    WebStorage(domain::UploadPlace place, UploadKey key, const base::Clock& clock);

    /// Adds headers, and what proves that we may.
    virtual void sign(net::HttpRequest& request) const = 0;
    virtual QByteArray putMethod() const = 0;
    /// What the service says went wrong: "NoSuchBucket: The bucket does not exist"; may be empty.
    virtual QString reasonIn(const net::HttpAnswer& answer) const = 0;
    /// Whether the object of the request is not there.
    virtual bool isMissing(const net::HttpAnswer& answer) const { return answer.status == 404; }
    /// What to do about it; may be empty.
    virtual base::Sentence advice(int status, const QString& reason) const = 0;

    const domain::UploadPlace m_place;
    const UploadKey m_key;
    const base::Clock& m_clock;

private:
    tl::expected<net::HttpAnswer, net::HttpError> send(net::HttpRequest request) const;
    base::Error refused(const net::HttpAnswer& answer) const;
    base::Error unanswered(const net::HttpError& error) const;
    base::Error afterCleaning(const base::Error& why, const StoredPicture& picture) const;
    base::Status removeWithin(std::chrono::milliseconds time, const StoredPicture& picture) const;
    QString where() const;
};

} // namespace queuedeck::uploads
