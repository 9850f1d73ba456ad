// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/supabasestorage.h"

#include "core/domain/jsontext.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

using base::Sentence;

void SupabaseStorage::sign(net::HttpRequest& request) const
{
    // A picture under a name that nobody has used is never replaced.
    if (request.method == putMethod())
        request.headers.emplace_back("x-upsert", "false");
    QByteArray bearer = "Bearer " + m_key.secret.reveal().toByteArray();
    request.secretHeaders.emplace_back("authorization", base::Secret::takenFrom(bearer));
    request.secretHeaders.emplace_back("apikey", m_key.secret);
}

QString SupabaseStorage::reasonIn(const net::HttpAnswer& answer) const
{
    const auto document = domain::parseJson(answer.text(), {});
    if (!document || !document->isObject())
        return {};
    const QJsonObject object = document->object();
    const QString error = object["error"_L1].toString();
    const QString message = object["message"_L1].toString();
    return message.isEmpty() ? error : error + (error.isEmpty() ? u""_s : u": "_s) + message;
}

bool SupabaseStorage::isMissing(const net::HttpAnswer& answer) const
{
    return answer.status == 404 || (answer.status == 400 && answer.body.contains("not_found"));
}

// It answers 400 to most of what is wrong, and says in the body which status it means.
base::Sentence SupabaseStorage::advice(int status, const QString& reason) const
{
    if (status == 401 || status == 403 || reason.contains("jwt"_L1, Qt::CaseInsensitive) ||
        reason.contains("signature"_L1, Qt::CaseInsensitive))
        return Sentence::tr(
            " Check the service key (SUPABASE_SERVICE_ROLE_KEY, or `queuedeckctl key store "
            "--pictures`).");
    if (status == 400 || status == 404)
        return Sentence::tr(" Check the name of the bucket and the address of the project.");
    return {};
}

} // namespace queuedeck::uploads
