// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "ui/widgets/page.h"

#include <QTimer>

class QLineEdit;
class QListView;
class QPushButton;
class QSplitter;
class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class EmptyState;
class Label;
class PictureView;
class ReaderMenu;
class ScanFields;
class ScanFilters;
class ScansModel;
class Strip;

/// What was read from pictures: the list, the picture, the fields. It follows the database and
/// keeps what is shown by its id.
class ScansPage : public Page
{
    Q_OBJECT

public:
    ScansPage(service::Session& session, ActionSet& actions, QWidget* parent = nullptr);

    SidebarModel* sidebar() override;
    QList<QWidget*> regions() override;
    QWidget* mainWidget() override;
    void setShown(bool shown) override;
    /// Clears the filter and goes to the newest.
    void showNewest();
    /// Clears the filter and selects these, as soon as they are read.
    void showScans(const QVector<domain::ScanId>& scans);

Q_SIGNALS:
    void retryWanted(const queuedeck::domain::JobId& job);
    void jobWanted(const queuedeck::domain::JobId& job);
    void uploadWanted(const QStringList& paths);
    void copied(const QString& text); ///< in words: "Copied 7c1f09be-…"

protected:
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeList();
    QWidget* makeDetail();
    void connectFeeds();
    void applyFilter();
    void takeSnapshot();
    void showCurrent(const QModelIndex& current);
    void restoreCurrent();
    void selectWanted();
    void readShown();
    void showScan(const domain::Scan& scan, bool isGone);
    void clearDetail();
    void updateRetry();
    void updateState();
    void showEmpty();
    void updateTexts();
    void arrange();

    service::Session& m_session;
    ActionSet& m_actions;
    ScansModel* m_model;
    ScanFilters* m_filters;
    Strip* m_strip;
    QPushButton* m_retry = nullptr;
    ReaderMenu* m_readers = nullptr;
    QPushButton* m_filterButton = nullptr;
    Label* m_processing = nullptr;
    QLineEdit* m_search = nullptr;
    QListView* m_list = nullptr;
    QStackedLayout* m_listStack = nullptr;
    EmptyState* m_none = nullptr;
    QSplitter* m_detail = nullptr;
    PictureView* m_picture = nullptr;
    ScanFields* m_fields = nullptr;
    QTimer m_typed{this};
    QVector<domain::ScanId> m_wanted; ///< of showScans()
    domain::Scan m_shownScan;         ///< what picture and fields show; empty id: nothing
    bool m_isShown = false;
    bool m_isStale = true;
    bool m_isArranged = false;
    bool m_isEmptyShown = false;
    bool m_isEmptyFiltered = false;
    bool m_isChanging = false; ///< rows are moving: the view's own current changes are noise
};

} // namespace queuedeck::ui
