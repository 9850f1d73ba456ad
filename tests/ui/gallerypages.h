// SPDX-License-Identifier: GPL-3.0-or-later
// Pages with made-up content, only for the gallery.
#pragma once

#include "ui/widgets/page.h"
#include "ui/widgets/sidebarmodel.h"

namespace queuedeck::ui {

class ActionSet;

class GalleryOverview : public Page
{
    Q_OBJECT
public:
    GalleryOverview();
    SidebarModel* sidebar() override { return &m_context; }

private:
    SidebarModel m_context;
};

class GalleryJobs : public Page
{
    Q_OBJECT
public:
    explicit GalleryJobs(ActionSet& actions);
    SidebarModel* sidebar() override { return &m_context; }

private:
    SidebarModel m_context;
};

class GalleryWidgets : public Page
{
    Q_OBJECT
public:
    GalleryWidgets();
};

} // namespace queuedeck::ui
