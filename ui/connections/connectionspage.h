// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/profilestore.h"
#include "ui/widgets/page.h"

#include <QSet>
#include <QTimer>

class QLineEdit;
class QPushButton;
class QToolButton;

namespace queuedeck::service {
struct FoundConnections;
}

namespace queuedeck::ui {

class ConnectionForm;
class ConnectionsModel;
class DataTable;
class EmptyState;
class Label;
class Strip;
class TestStepsView;

/// The saved connections: how each one is now, asked once a minute while the page shows, and the
/// form of the chosen one with its test. It fills the body of the window.
class ConnectionsPage : public Page
{
    Q_OBJECT

public:
    /// `offered`: an address, such as that of DATABASE_URL, which is offered for import unless it
    /// is saved; `from` names where it is from.
    ConnectionsPage(const QString& offered, const QString& from, QWidget* parent = nullptr);

    QList<QWidget*> regions() override;
    QWidget* mainWidget() override;
    /// Asks and tests again (F5).
    void refresh();
    /// What was wanted to be opened is open, or the user stays here; `trouble`: why, if it failed.
    void openEnded(const QString& trouble = {});

Q_SIGNALS:
    /// `password` was typed; empty: from the keychain, if one is needed.
    void openWanted(const queuedeck::domain::Profile& profile, const QString& password,
                    bool isReadOnly);
    /// Esc: the user wants to go back to where he was.
    void leaveWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeList();
    QWidget* makeListHead();
    QWidget* makeOffer();
    QWidget* makeListFoot();
    QWidget* makeSide();
    QWidget* makeTest();
    QWidget* makeSideFoot();

    void read();
    void showSaved(const base::Result<service::SavedConnections>& saved,
                   const QString& chosenId = {});
    void choose(const QString& id);
    void showCurrent();
    void startNew(const domain::Profile& profile = {}, const QString& password = {});
    void duplicate();
    void askHealth();
    void test();
    void save(bool andOpen, bool isReadOnly);
    void open(bool isReadOnly);
    void keepPassword(const domain::Profile& profile);
    void remove();
    void bringBack();
    void import();
    void importOffered();
    void showFound(const base::Result<service::FoundConnections>& found);
    void exportAll();
    void updateButtons();
    void updateOffer();
    void say(const QString& line, bool isError, const QString& button = {});

    const QString m_offered; ///< in memory only: it may hold a password
    const QString m_from;
    service::SavedConnections m_saved;
    QString m_id; ///< of the one in the form; empty: a new one
    domain::Profile m_removed;
    QSet<QString> m_asking; ///< ids whose health is being asked
    QTimer m_minute;
    int m_testing = 0; ///< counts tests: earlier answers are ignored
    bool m_isBusy = false;
    bool m_wasRead = false;

    ConnectionsModel* m_model;
    DataTable* m_table;
    EmptyState* m_empty;
    Label* m_count;
    QLineEdit* m_sought;
    QWidget* m_offer = nullptr;
    Strip* m_strip;
    Label* m_title;
    QWidget* m_mark;
    QToolButton* m_more;
    ConnectionForm* m_form;
    Label* m_tested;
    QPushButton* m_test;
    TestStepsView* m_steps;
    QPushButton* m_remove;
    QPushButton* m_openReadOnly;
    QPushButton* m_save;
    QPushButton* m_open;
};

} // namespace queuedeck::ui
