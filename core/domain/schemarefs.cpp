// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/schemarefs.h"

#include "core/base/sentence.h"

#include <QJsonArray>
#include <QSet>
#include <QUrl>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr qsizetype kLongestReference = 500;

base::Error invalid(const base::Sentence& why)
{
    return fail(ErrorKind::Invalid, why);
}

// Keywords by what their schemas apply to: the same part of the payload or a deeper one. The
// "Named" ones contain schemas under arbitrary names, not keywords.
const QSet<QString> kSame{u"allOf"_s, u"anyOf"_s, u"oneOf"_s, u"not"_s,
                          u"if"_s,    u"then"_s,  u"else"_s};
const QSet<QString> kSameNamed{u"dependencies"_s};
const QSet<QString> kDeeper{u"additionalProperties"_s, u"items"_s, u"contains"_s,
                            u"additionalItems"_s, u"propertyNames"_s};
const QSet<QString> kDeeperNamed{u"properties"_s, u"patternProperties"_s, u"definitions"_s,
                                 u"$defs"_s};
// The values of these are data, not schemas.
const QSet<QString> kData{u"const"_s, u"enum"_s, u"default"_s, u"examples"_s};

// A step of a JSON pointer, with "%" escaped too, since valijson treats pointers as parts of a URL.
QString pointerStep(QString key)
{
    return u'/' + key.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1).replace(u'%', "%25"_L1);
}

std::optional<QJsonValue> child(const QJsonValue& value, const QString& key)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        const auto found = object.constFind(key);
        return found == object.constEnd() ? std::nullopt : std::optional<QJsonValue>(*found);
    }
    bool isNumber = false;
    const uint index = key.toUInt(&isNumber);
    const QJsonArray array = value.toArray();
    if (!isNumber || QString::number(index) != key || index >= size_t(array.size()))
        return {};
    return array[qsizetype(index)];
}

/// A place in the schema: its canonical pointer and its value.
struct Place
{
    QString pointer;
    QJsonValue value;
};

/// Resolves the schema's references and finds how they depend on each other.
class References
{
public:
    explicit References(const QJsonObject& schema)
        : m_root(schema)
    {
        for (const QString& key : {u"$id"_s, u"id"_s}) {
            if (schema[key].isString())
                m_ownAddress = schema[key].toString().section(u'#', 0, 0);
        }
    }

    // Reads every reachable place and checks that none leads back to itself.
    base::Status check()
    {
        visit({u"#"_s, m_root});
        while (!m_open.isEmpty()) {
            const Place place = m_open.takeLast();
            if (const base::Status read = readPlace(place); !read)
                return read;
        }
        return findCycle();
    }

    base::Result<Place> target(const QString& reference) const
    {
        const QString address = reference.section(u'#', 0, 0);
        if (reference.size() > kLongestReference)
            return invalid(
                Sentence::tr("\"$ref\" is longer than %1 characters").arg(kLongestReference));
        if (!address.isEmpty() && address != m_ownAddress)
            return invalid(Sentence::tr("\"$ref\" may name a part of the same file only, as in "
                                        "#/definitions/item, and not %1")
                               .arg(reference));
        const QString pointer = QUrl::fromPercentEncoding(reference.section(u'#', 1).toUtf8());
        if (!pointer.isEmpty() && !pointer.startsWith(u'/'))
            return invalid(Sentence::tr("\"$ref\" must go on with / after #, and not as in %1")
                               .arg(reference));
        Place place{u"#"_s, m_root};
        for (QString key : pointer.split(u'/', Qt::SkipEmptyParts)) {
            key.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
            const auto next = child(place.value, key);
            if (!next)
                return invalid(Sentence::tr("there is no %1").arg(reference));
            place = {place.pointer + pointerStep(key), *next};
        }
        return place;
    }

private:
    void visit(const Place& place)
    {
        if (!m_seen.contains(place.pointer)) {
            m_seen.insert(place.pointer);
            m_open += place;
        }
    }

    // `to` applies to the same part of the payload as `from`.
    void visitSame(const QString& from, const Place& to)
    {
        m_sameAs[from] += to.pointer;
        visit(to);
    }

    base::Status readPlace(const Place& place)
    {
        const QJsonObject object = place.value.toObject();
        if (const QJsonValue reference = object["$ref"_L1]; !reference.isUndefined()) {
            if (!reference.isString())
                return invalid(Sentence::tr("\"$ref\" must be a text"));
            const auto named = target(reference.toString());
            if (!named)
                return named.error();
            visitSame(place.pointer, *named);
            return {};
        }
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            readKeyword(place.pointer, entry.key(), *entry);
        return {};
    }

    void readKeyword(const QString& pointer, const QString& key, const QJsonValue& value)
    {
        const QString below = pointer + pointerStep(key);
        const bool isSame = kSame.contains(key) || kSameNamed.contains(key);
        if (!isSame && !kDeeper.contains(key) && !kDeeperNamed.contains(key))
            return;
        const auto take = [&](const Place& place) {
            if (isSame)
                visitSame(pointer, place);
            else
                visit(place);
        };
        if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (qsizetype i = 0; i < array.size(); ++i)
                take({below + u'/' + QString::number(i), array[i]});
        } else if (kSameNamed.contains(key) || kDeeperNamed.contains(key)) {
            const QJsonObject object = value.toObject();
            for (auto entry = object.begin(); entry != object.end(); ++entry)
                take({below + pointerStep(entry.key()), *entry});
        } else {
            take({below, value});
        }
    }

    // Removes places that nothing leads to, repeatedly; what is left is part of a cycle.
    base::Status findCycle() const
    {
        QHash<QString, int> arriving;
        for (const QStringList& targets : m_sameAs) {
            for (const QString& to : targets)
                ++arriving[to];
        }
        QStringList free;
        for (auto from = m_sameAs.keyBegin(); from != m_sameAs.keyEnd(); ++from) {
            if (arriving.value(*from) == 0)
                free += *from;
        }
        while (!free.isEmpty()) {
            for (const QString& to : m_sameAs.value(free.takeLast())) {
                if (--arriving[to] == 0)
                    free += to;
            }
        }
        QStringList left;
        for (auto place = arriving.begin(); place != arriving.end(); ++place) {
            if (*place > 0 && m_sameAs.contains(place.key()))
                left += place.key();
        }
        if (left.isEmpty())
            return {};
        return invalid(Sentence::tr("%1 refers to itself without going deeper into the payload")
                           .arg(*std::min_element(left.begin(), left.end())));
    }

    const QJsonValue m_root;
    QString m_ownAddress;
    QVector<Place> m_open;
    QSet<QString> m_seen;
    QHash<QString, QStringList> m_sameAs;
};

// Makes each reference canonical. Drops "id": valijson would resolve references by it.
QJsonValue rewritten(const QJsonValue& value, const References& references, bool isNamed = false)
{
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue& item : value.toArray())
            array += rewritten(item, references);
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    if (object.value("id"_L1).isString())
        object.remove("id"_L1);
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const QString key = entry.key();
        if (key == "$ref"_L1 && entry->isString()) {
            if (const auto place = references.target(entry->toString()))
                *entry = place->pointer;
        } else if (isNamed || !kData.contains(key)) {
            *entry =
                rewritten(*entry, references,
                          !isNamed && (kSameNamed.contains(key) || kDeeperNamed.contains(key)));
        }
    }
    return object;
}
} // namespace

base::Result<QJsonObject> withSoundReferences(const QJsonObject& schema)
{
    References references(schema);
    if (const base::Status sound = references.check(); !sound)
        return sound.error();
    return rewritten(schema, references).toObject();
}

} // namespace queuedeck::domain
