// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mainwindow/bandinfo.h"
#include "ui/widgets/format.h"
#include "ui/widgets/toast.h"

#include <QMainWindow>

class QStackedWidget;
class QVBoxLayout;

namespace queuedeck::ui {

class ActionSet;
class Band;
class Hairline;
class Page;
class Sidebar;
class StatusStrip;

/// The frame only: menu bar, band, sidebar, the stack of pages, status bar. It knows pages by their
/// base class and the queue not at all; the program fills it and connects it.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(ActionSet& actions, QWidget* parent = nullptr);

    void addPage(Page* page); ///< takes ownership; in the order of the sidebar
    void showPage(const QString& key);
    Page* currentPage() const;
    /// Shows a page that fills the body, without band and sidebar; takes ownership. Null goes back
    /// to the pages and deletes it.
    void showBody(Page* page);

    /// What is shown above every page, between band and page, while it is not hidden; takes
    /// ownership and deletes the previous one. Null: nothing.
    void setNotice(QWidget* notice);
    void setBand(const BandInfo& info);
    void setLive(const LiveState& live);
    /// The last entry of the journal, in the status bar; empty hides it.
    void setLastEntry(const QString& text);
    /// The change that goes on while its dialog is closed, in the status bar; empty hides it.
    void setChange(const QString& text);
    /// What reading by Claude has cost today, in the status bar; empty hides it.
    void setSpend(const QString& text, const QString& trouble);
    /// Says it at the bottom right of the page; its button `action` ("Undo") emits
    /// toastActionPressed().
    void toast(const QString& text, const QString& action = {},
               Toast::Tone tone = Toast::Tone::Done);

Q_SIGNALS:
    void pageShown(const QString& key);
    void pauseToggled(bool paused);
    void intervalChosen(std::chrono::seconds interval);
    void timeZoneChanged();
    void toastActionPressed();
    void changeClicked();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void connectActions();
    void updateTitle();
    void updateRail();
    void updatePages();
    void updateStatus();
    bool isBodyShown() const;
    QWidget* mainWidget() const;
    void cycleRegion(int step);
    void chooseZone(TimeZone zone);

    ActionSet& m_actions;
    Band* m_band;
    Sidebar* m_sidebar;
    QStackedWidget* m_pages;
    QVBoxLayout* m_right; ///< what is beside the sidebar: the notice and the pages
    QWidget* m_notice = nullptr;
    QStackedWidget* m_bodies;
    Hairline* m_line; ///< under the menu bar where there is no band
    StatusStrip* m_status;
    Toast* m_toast;
    QList<Page*> m_pageList;
    BandInfo m_info;
    bool m_wantsRail = false;
    bool m_isPlaced = false;
};

} // namespace queuedeck::ui
