// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/job.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

enum class ScanType { BusinessCard, LiquorLicense };

/// As in payloads and in the column scanType: business_card, liquor_license.
QString scanTypeText(ScanType type);
std::optional<ScanType> scanTypeFromText(const QString& text);

/// The names of the fields a scan of this type may have in extractedData, in display order; without
/// `confidence`.
QStringList scanFields(ScanType type);

/// A row of ImageScan with its job.
struct Scan
{
    ScanId id;
    QString scanType; ///< as stored; see scanTypeFromText
    QString imageUrl;
    QString status;            ///< processing, completed, failed; another program may write others
    QJsonObject extractedData; ///< fields read from the picture; absent = not seen
    QString errorMessage;
    QString tenantId;
    QString userId;
    QDateTime createdAt;   ///< UTC
    QDateTime completedAt; ///< UTC
    JobId job;             ///< the newest job that names this scan; empty if none
    QString jobStatus;

    /// 0..1, as rated by the model itself; nothing if it gave no rating.
    std::optional<double> confidence() const;
    /// The name, business or licence number to show for this scan; empty if nothing was read.
    QString title() const;

    bool operator==(const Scan&) const = default;
};

/// A tenant or a user of the application, as people know them.
struct ScanOwner
{
    QString id;
    QString name;   ///< or email; empty if the application keeps none
    QString tenant; ///< of a user: the tenant's id, if the application records it

    bool operator==(const ScanOwner&) const = default;
};

/// The possible owners of a scan. If the application's table needs neither kind, both are empty.
struct ScanOwners
{
    QVector<ScanOwner> tenants;
    QVector<ScanOwner> users;
    bool needsTenant = false;
    bool needsUser = false;
};

/// A scan's owner, by id or by name; an empty one is filled in if there is only one candidate.
struct OwnerChoice
{
    QString tenant;
    QString user;
};

/// Resolves the owner. If it is ambiguous or unknown, Invalid, with the candidates.
base::Result<OwnerChoice> chosenOwner(const ScanOwners& owners, const OwnerChoice& wanted);

/// A checked picture that becomes an ImageScan and a Job. `bytes` is the file as given.
struct NewScan
{
    ScanType type = ScanType::BusinessCard;
    QByteArray bytes;
    QString mediaType; ///< image/jpeg, image/png or image/webp, found by content
    QString fileName;  ///< shown to people only; never a path
    OwnerChoice owner = {};
    QString imageUrl = {}; ///< where the bytes already are; empty: they go into the database
    QString reader = {};   ///< "local" or "claude": who is to read it; empty: as usual there
};

/// The kind of the effect that updates a scan with its job; its target is the scan's id, its data
/// what was read.
inline constexpr QLatin1String kScanEffect("scan");

/// The URL scheme of a picture stored in the database itself: `queuedeck-image:UUID`.
inline constexpr QLatin1String kStoredImageScheme("queuedeck-image");

} // namespace queuedeck::domain
