// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/uploads/webstorage.h"

namespace queuedeck::uploads {

/// Puts pictures into a public bucket of Supabase storage, with the project's service key.
class SupabaseStorage final : public WebStorage
{
public:
    SupabaseStorage(domain::UploadPlace place, UploadKey key, const base::Clock& clock)
        : WebStorage(std::move(place), std::move(key), clock)
    {
    }

protected:
    void sign(net::HttpRequest& request) const override;
    QByteArray putMethod() const override { return "POST"; }
    QString reasonIn(const net::HttpAnswer& answer) const override;
    bool isMissing(const net::HttpAnswer& answer) const override;
    base::Sentence advice(int status, const QString& reason) const override;
};

} // namespace queuedeck::uploads
