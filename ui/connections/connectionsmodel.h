// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/profile.h"
#include "core/service/connectionhealth.h"
#include "ui/widgets/rowsmodel.h"
#include "ui/widgets/tabledelegate.h"

#include <QHash>

namespace queuedeck::ui {

/// The saved connections as a table, with what is known of each now.
class ConnectionsModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { Name, Table, Safety, Pending, Failed, Now, LastUsed };
    enum Role {
        EnvironmentRole = role::First, ///< domain::Environment as int
        LowerRole,                     ///< QString: the second line
        IconRole,                      ///< ui::Icon as int
        IconColorRole,                 ///< ui::Color as int
    };

    explicit ConnectionsModel(QObject* parent = nullptr);

    void setProfiles(const domain::Profiles& profiles);
    /// Shows only those whose name, host or database contain the text.
    void setSought(const QString& text);
    void setHealth(const QString& id, const service::ConnectionHealth& health);

    const domain::Profiles& profiles() const { return m_all; } ///< all of them
    const domain::Profiles& shown() const { return m_shown; }
    const domain::Profile* profile(int row) const;
    int rowOf(const QString& id) const; ///< -1: not shown
    const service::ConnectionHealth* health(const QString& id) const;

protected:
    int rows() const override { return int(m_shown.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    void update();
    QString text(const domain::Profile& profile, int column) const;
    QString lower(const domain::Profile& profile, int column) const;
    QVariant nowCell(const domain::Profile& profile, int role) const;

    domain::Profiles m_all;
    domain::Profiles m_shown;
    QString m_sought;
    QHash<QString, service::ConnectionHealth> m_health; ///< by id
    QHash<QString, QDateTime> m_silentSince;            ///< by id, of those that do not answer
};

/// "PostgreSQL · db.leora.example:6543 · postgres", without a password; "SQLite · queue.db".
QString placeText(const domain::Profile& profile);
QString safetyWord(domain::Safety safety);

} // namespace queuedeck::ui
