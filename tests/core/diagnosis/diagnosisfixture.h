// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnose.h"
#include "tests/core/store/storefixture.h"

namespace queuedeck::test {

using namespace Qt::StringLiterals;
using diagnosis::Limits;
using diagnosis::Surroundings;

/// What surrounds a queue in which nothing is wrong: a handler for every type of these tests.
inline Surroundings healthy()
{
    Surroundings around;
    for (const QString& type : {u"report_generation"_s, u"other"_s, u"bulk_import"_s,
                                u"image_extraction"_s, u"customer_enrichment"_s})
        around.handlers.push_back({type, {}, true});
    return around;
}

inline QStringList idsOf(const domain::Diagnosis& diagnosis)
{
    QStringList ids;
    for (const domain::Finding& finding : diagnosis.findings)
        ids += finding.id;
    return ids;
}

inline const domain::CheckOutcome* outcomeOf(const domain::Diagnosis& diagnosis, const QString& id)
{
    for (const domain::CheckOutcome& check : diagnosis.checks) {
        if (check.id == id)
            return &check;
    }
    return nullptr;
}

/// Time enough on a loaded machine: deadlines have their own test.
inline Limits patient()
{
    Limits limits;
    limits.eachCheck = std::chrono::seconds(10);
    limits.all = std::chrono::seconds(60);
    return limits;
}

/// On a connection that may only read, as in the program.
inline domain::Diagnosis diagnosed(const db::DatabaseUrl& url,
                                   const Surroundings& around = healthy(),
                                   const Limits& limits = patient())
{
    auto store = value(store::JobStore::open(url, db::OpenMode::ReadOnly));
    return value(diagnosis::diagnose(*store, around, limits));
}

} // namespace queuedeck::test
