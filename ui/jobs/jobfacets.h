// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/snapshot.h"
#include "ui/widgets/sidebarmodel.h"

namespace queuedeck::ui {

/// The statuses and types beside the jobs table, with their counts in the whole queue. A click
/// edits the filter's text, which stays the single source of truth: what is chosen is read from it.
class JobFacets : public SidebarModel
{
    Q_OBJECT

public:
    explicit JobFacets(QObject* parent = nullptr);

    void setSnapshot(const domain::QueueSnapshot& snapshot);
    void setText(const QString& text);

Q_SIGNALS:
    void textWanted(const QString& text);

private:
    void rebuild();
    void toggle(const QString& key);
    QString typeTerm(const QString& type) const;
    bool hasLonger(const QString& type) const; ///< another type begins with it

    domain::QueueSnapshot m_snapshot;
    QString m_text;
};

} // namespace queuedeck::ui
