// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/readerprotocol.h"

#include "core/base/sentence.h"

#include <QJsonDocument>

#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::Sentence;

namespace {
constexpr qsizetype kLongestJson = 64 * 1024;
constexpr qsizetype kLongestValue = 1000;

template <size_t Count>
QByteArray numbers(const std::array<quint32, Count>& values)
{
    return {reinterpret_cast<const char*>(values.data()), sizeof values};
}

template <size_t Count>
std::array<quint32, Count> numbersFrom(const QByteArray& bytes)
{
    std::array<quint32, Count> values{};
    std::memcpy(values.data(), bytes.constData(), sizeof values);
    return values;
}

base::Error nonsense()
{
    return base::fail(ErrorKind::Internal,
                      Sentence::tr("The picture reader answered with nonsense."));
}

std::optional<QJsonObject> objectFrom(const QByteArray& json)
{
    if (json.size() > kLongestJson)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

base::Error errorFrom(const QByteArray& json)
{
    const auto object = objectFrom(json);
    if (!object)
        return nonsense();
    const QString detail = (*object)["detail"_L1].toString().left(kLongestValue);
    switch ((*object)["kind"_L1].toInt(-1)) {
    case int(ErrorKind::Timeout): return base::fail(ErrorKind::Timeout, detail);
    case int(ErrorKind::Invalid): return base::fail(ErrorKind::Invalid, detail);
    case int(ErrorKind::Unsupported): return base::fail(ErrorKind::Unsupported, detail);
    case int(ErrorKind::NotFound): return base::fail(ErrorKind::NotFound, detail);
    default: return base::fail(ErrorKind::Internal, detail);
    }
}
} // namespace

ReaderRequest::Work ReaderRequest::reading(domain::ScanType type)
{
    return type == domain::ScanType::BusinessCard ? Work::ReadCard : Work::ReadLicense;
}

ReaderReply ReaderReply::of(const base::Error& error)
{
    const QJsonObject object{{u"kind"_s, int(error.kind)}, {u"detail"_s, error.detail}};
    return {Kind::Failed, QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

ReaderReply ReaderReply::of(const QJsonObject& fields)
{
    return {Kind::Fields, QJsonDocument(fields).toJson(QJsonDocument::Compact)};
}

ReaderReply ReaderReply::of(QImage image)
{
    image.convertTo(QImage::Format_ARGB32);
    QByteArray body;
    body.reserve(8 + image.sizeInBytes());
    body += numbers<2>({quint32(image.width()), quint32(image.height())});
    body.append(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
    return {Kind::Pixels, body};
}

base::Result<QJsonObject> ReaderReply::toFields() const
{
    if (kind == Kind::Failed)
        return errorFrom(body);
    const auto object = kind == Kind::Fields ? objectFrom(body) : std::nullopt;
    if (!object)
        return nonsense();
    for (const QJsonValue& value : *object) {
        if (!value.isDouble() && !(value.isString() && value.toString().size() <= kLongestValue))
            return nonsense();
    }
    return *object;
}

base::Result<QImage> ReaderReply::toImage() const
{
    if (kind == Kind::Failed)
        return errorFrom(body);
    if (kind != Kind::Pixels || body.size() < 8)
        return nonsense();
    const auto [width, height] = numbersFrom<2>(body);
    if (width == 0 || height == 0 || width > 65'535 || height > 65'535 ||
        qsizetype(width) * height * 4 + 8 != body.size())
        return nonsense();
    QImage image(int(width), int(height), QImage::Format_ARGB32);
    if (image.isNull())
        return base::fail(ErrorKind::Internal,
                          Sentence::tr("There is not enough memory for the picture."));
    std::memcpy(image.bits(), body.constData() + 8, size_t(image.sizeInBytes()));
    return image;
}

QByteArray toWire(const ReaderRequest& request)
{
    return numbers<4>({quint32(request.work), quint32(std::max(0, request.within.width())),
                       quint32(std::max(0, request.within.height())),
                       quint32(request.picture.size())}) +
           request.picture;
}

QByteArray headerOf(const ReaderReply& reply)
{
    return numbers<2>({quint32(reply.kind), quint32(reply.body.size())});
}

std::optional<std::pair<ReaderRequest, quint32>> requestFrom(const QByteArray& header)
{
    const auto [work, width, height, length] = numbersFrom<4>(header);
    if (work > quint32(ReaderRequest::Work::Show) || width > 65'535 || height > 65'535 ||
        length > kLargestPicture)
        return std::nullopt;
    return std::pair(ReaderRequest{ReaderRequest::Work(work), QSize(int(width), int(height)), {}},
                     length);
}

std::optional<std::pair<ReaderReply, quint32>> replyFrom(const QByteArray& header)
{
    const auto [kind, length] = numbersFrom<2>(header);
    if (kind > quint32(ReaderReply::Kind::Pixels) || length > kLargestReply)
        return std::nullopt;
    return std::pair(ReaderReply{ReaderReply::Kind(kind), {}}, length);
}

} // namespace queuedeck::handlers
