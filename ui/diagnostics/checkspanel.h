// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"
#include "core/service/diagnosisservice.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QListView;
class QPushButton;
class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class EmptyState;
class FindingsModel;
class FindingView;
class Label;
class Strip;

/// "Why is nothing processed?": asks, lists the findings and the other checks, and shows the chosen
/// one whole. It asks when it is shown and when somebody presses Check Again, never by itself.
class ChecksPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ChecksPanel(service::Session& session, QWidget* parent = nullptr);

    /// Which endpoint is asked as well, at that moment; an empty URL: none.
    void setEndpoint(std::function<QString()> endpoint) { m_endpoint = std::move(endpoint); }
    /// Asks unless it has just done so.
    void lookIfOld();
    void look();
    const domain::Diagnosis& diagnosis() const;
    bool isLooking() const { return m_isLooking; }
    QList<QWidget*> regions() const;
    QWidget* list() const;

Q_SIGNALS:
    void looked(); ///< the diagnosis is new
    void wanted(queuedeck::domain::Remedy::Action action,
                const queuedeck::domain::Finding& finding);
    void copied(const QString& what);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeBody();
    void take(const base::Result<domain::Diagnosis>& diagnosis);
    void showCurrent();
    void showTime();
    void act(domain::Remedy::Action action, const domain::Finding& finding);

    service::Session& m_session;
    std::function<QString()> m_endpoint;
    QPushButton* m_ask = nullptr;
    QPushButton* m_copy = nullptr;
    Label* m_when = nullptr;
    Strip* m_strip = nullptr;
    QListView* m_list = nullptr;
    FindingsModel* m_model;
    FindingView* m_view = nullptr;
    EmptyState* m_well = nullptr;
    QStackedLayout* m_right = nullptr;
    QTimer m_tick; ///< while it looks
    QDateTime m_since;
    bool m_isLooking = false;
};

} // namespace queuedeck::ui
